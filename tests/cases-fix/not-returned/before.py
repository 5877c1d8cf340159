import tempfile
def f():
    return tempfile.mktemp()
print(len(f()) > 5)
