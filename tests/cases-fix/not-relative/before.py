import os, tempfile
os.chdir(tempfile.gettempdir())
p = tempfile.mktemp(dir=".")
with open(p, "w") as f:
    f.write("1")
print(p[:2])
