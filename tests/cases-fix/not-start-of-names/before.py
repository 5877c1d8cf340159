import os
import tempfile
tmp = tempfile.mktemp()
with open(tmp + ".tex", "w") as f:
    f.write("1")
print(os.path.exists(tmp))
