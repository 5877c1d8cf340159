import os
import tempfile
p = "%s.txt" % tempfile.mktemp(prefix="a")
with open(p, "w") as f:
    f.write("1")
print(p[-4:], os.path.basename(p)[0])
