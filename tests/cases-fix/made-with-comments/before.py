import os
import tempfile

def f():
    d = tempfile.mktemp()  # a name
    os.makedirs(d)  # and a folder
    return os.listdir(d)
print(f())
