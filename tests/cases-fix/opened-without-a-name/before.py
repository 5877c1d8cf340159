import os
import tempfile

f = "mine"
p = tempfile.mktemp(suffix="~")
with open(p, "w"):
    pass
print(f, os.path.getsize(p))
