import os
import tempfile

fd, path = tempfile.mkstemp(".txt", "pre")

with os.fdopen(fd, "wb") as f:
    f.write(b"abc")
    print(os.path.basename(path)[:3], path == path)
print(os.path.getsize(path))
