import os
import tempfile

def save():
    try:
        fd, path = tempfile.mkstemp(dir="/nonexistent")
        with os.fdopen(fd, "w") as file:
            file.write("1")
    except IOError:
        print("cannot write", len(path))

save()
