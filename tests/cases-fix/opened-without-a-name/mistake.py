import os
import tempfile

f = "mine"
fd, p = tempfile.mkstemp(suffix="~")
with os.fdopen(fd, "w") as f:
    pass
print(f, os.path.getsize(p))
