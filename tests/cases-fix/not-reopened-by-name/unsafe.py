import os
import tempfile

fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("x")
with open(f.name) as f:
    print(f.read())
