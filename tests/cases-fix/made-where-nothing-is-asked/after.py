import os
import tempfile
d = tempfile.mkdtemp(dir=None, suffix="")
print(os.path.isdir(d))
