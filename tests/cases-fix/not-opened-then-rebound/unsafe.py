import os
import tempfile

fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    p = "other"
    print(len(f.name) > 5)
