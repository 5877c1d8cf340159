import dbm
import os
import tempfile

fd, path = tempfile.mkstemp()
with dbm.open(path, "c") as table:
    table["a"] = "1"
print(os.path.isdir(path))
