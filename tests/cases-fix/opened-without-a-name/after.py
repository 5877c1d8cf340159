import os
import tempfile

f = "mine"
fd, p = tempfile.mkstemp(suffix="~")
with os.fdopen(fd, "w"):
    pass
print(f, os.path.getsize(p))
