import os
import tempfile
d = tempfile.mktemp(dir=None, suffix="")
os.makedirs(d, exist_ok=True)
print(os.path.isdir(d))
