import os
import tempfile
p = tempfile.mktemp() + ".txt"
with open(p, "w") as f:
    f.write("1")
print(p[-4:], os.path.getsize(p))
