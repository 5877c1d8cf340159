import os
import tempfile

path = tempfile.mktemp(".txt", "pre")

with open(path, mode="wb") as f:
    f.write(b"abc")
    print(os.path.basename(f.name)[:3], f.name == path)
print(os.path.getsize(path))
