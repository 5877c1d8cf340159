import os
import tempfile

paths = {}
fd, paths["a"] = tempfile.mkstemp()
os.close(fd)
with open(paths["a"], "w") as file:
    file.write("1")
print(open(paths["a"]).read())
