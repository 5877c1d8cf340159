import os
import tempfile
fd, d = tempfile.mkstemp()
if not os.path.exists(d):
    os.mkdir(d)
print(os.path.isdir(d))
