import os
from tempfile import *
from tempfile import mktemp

p = mktemp()
with open(p, "w") as f:
    f.write("1")
print(os.path.getsize(p))
