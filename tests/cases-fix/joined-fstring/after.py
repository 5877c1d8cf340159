import os
import tempfile
fd, p = tempfile.mkstemp('-a.txt')
with open(fd, "w") as f:
    f.write("1")
print(p[-6:])
