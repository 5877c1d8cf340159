import os
import tempfile
fd, p = tempfile.mkstemp()
print(os.path.exists(p))
