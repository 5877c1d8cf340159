import os
import tempfile
fd, p = tempfile.mkstemp(suffix='.txt')
with os.fdopen(fd, "w") as f:
    f.write("1")
print(p[-4:], os.path.getsize(p))
