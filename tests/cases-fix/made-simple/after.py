import os
import tempfile
d = tempfile.mkdtemp("x", "y")
print(os.path.isdir(d), os.path.basename(d)[0], d[-1])
