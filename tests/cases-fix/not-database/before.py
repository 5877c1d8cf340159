import dbm
import tempfile

path = tempfile.mktemp()
with dbm.open(path, "c") as table:
    table["a"] = "1"
print("written")
