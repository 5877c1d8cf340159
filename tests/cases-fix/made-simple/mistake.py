import os
import tempfile
fd, d = tempfile.mkstemp("x", "y")
os.mkdir(d)
print(os.path.isdir(d), os.path.basename(d)[0], d[-1])
