import os
import tempfile
def open(p, mode):
    print(mode)
    return __builtins__.open(p, mode)
fd, p = tempfile.mkstemp()
os.close(fd)
with open(p, "w") as f:
    f.write("1")
