import os
import tempfile
d = tempfile.mktemp(prefix="above/")
os.makedirs(d)
print(os.path.isdir(d))
