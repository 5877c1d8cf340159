import os
import tempfile
d = tempfile.mkdtemp()
print(os.path.isdir(d))
