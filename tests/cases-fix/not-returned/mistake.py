import tempfile
def f():
    return tempfile.mkstemp()
print(len(f()) > 5)
