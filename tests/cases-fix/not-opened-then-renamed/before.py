import os, tempfile

os.umask(0o022)
p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
os.rename(p, p + ".done")
print(oct(os.stat(p + ".done").st_mode & 0o777))
