import os
import tempfile
d = tempfile.mktemp("x", "y")
os.mkdir(d)
print(os.path.isdir(d), os.path.basename(d)[0], d[-1])
