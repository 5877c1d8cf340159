import tempfile

def save():
    try:
        path = tempfile.mktemp(dir="/nonexistent")
        with open(path, "w") as file:
            file.write("1")
    except IOError:
        print("cannot write", len(path))

save()
