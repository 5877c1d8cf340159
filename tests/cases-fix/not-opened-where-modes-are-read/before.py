import os
import tempfile
p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
print(oct(os.stat(p).st_mode))
