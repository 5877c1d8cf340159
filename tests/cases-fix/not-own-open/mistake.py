import os
import tempfile
def open(p, mode):
    print(mode)
    return __builtins__.open(p, mode)
fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("1")
