import os, tempfile
os.chdir(tempfile.gettempdir())
fd, p = tempfile.mkstemp(dir=".")
with os.fdopen(fd, "w") as f:
    f.write("1")
print(p[:2])
