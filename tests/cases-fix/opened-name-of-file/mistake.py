import os
import tempfile

fd, path = tempfile.mkstemp(".txt", "pre")

with os.fdopen(fd, mode="wb") as f:
    f.write(b"abc")
    print(os.path.basename(f.name)[:3], f.name == path)
print(os.path.getsize(path))
