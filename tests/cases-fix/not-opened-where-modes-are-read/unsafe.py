import os
import tempfile
fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("1")
print(oct(os.stat(p).st_mode))
