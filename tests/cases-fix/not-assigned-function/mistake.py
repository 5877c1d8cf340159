import os
import tempfile
tempfile.mktemp = lambda: "/dev/null"
fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("1")
print(p)
