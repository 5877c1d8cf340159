import os
import tempfile
d = tempfile.mktemp()
os.mkdir(d, 0o755)
print(os.path.isdir(d))
