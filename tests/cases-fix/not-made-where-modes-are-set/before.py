import os
import tempfile

def mode_of(path):
    return oct(os.stat(path)[0])

os.umask(0o027)
d = tempfile.mktemp()
os.mkdir(d)
print(mode_of(d))
