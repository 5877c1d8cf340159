import os
import tempfile

def f():
    d = tempfile.mkdtemp()  # a name
    # and a folder
    return os.listdir(d)
print(f())
