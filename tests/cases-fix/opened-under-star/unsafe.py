import os
from tempfile import *
from tempfile import mkstemp

fd, p = mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("1")
print(os.path.getsize(p))
