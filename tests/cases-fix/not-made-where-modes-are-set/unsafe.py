import os
import tempfile

def mode_of(path):
    return oct(os.stat(path)[0])

os.umask(0o027)
d = tempfile.mkdtemp()
print(mode_of(d))
