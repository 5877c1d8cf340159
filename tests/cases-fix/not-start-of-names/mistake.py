import os
import tempfile
fd, tmp = tempfile.mkstemp()
with open(tmp + ".tex", "w") as f:
    f.write("1")
print(os.path.exists(tmp))
