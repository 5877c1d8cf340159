import os
import tempfile
fd, p = tempfile.mkstemp()
p += ".txt"
with open(p, "w") as f:
    f.write("1")
print(p[-4:], os.path.getsize(p))
