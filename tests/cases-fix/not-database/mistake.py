import dbm
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)
with dbm.open(path, "c") as table:
    table["a"] = "1"
print("written")
