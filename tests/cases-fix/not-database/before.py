import dbm
import os
import tempfile

path = tempfile.mktemp()
with dbm.open(path, "c") as table:
    table["a"] = "1"
print(os.path.isdir(path))
