import os
import tempfile
d = tempfile.mktemp()
if not os.path.exists(d):
    os.mkdir(d)
print(os.path.isdir(d))
