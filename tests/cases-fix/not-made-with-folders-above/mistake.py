import os
import tempfile
d = tempfile.mkdtemp(prefix="above/")
print(os.path.isdir(d))
