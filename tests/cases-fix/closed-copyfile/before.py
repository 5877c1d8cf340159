import os, shutil, tempfile
p = tempfile.mktemp()
shutil.copyfile(__file__, p)
print(open(p).readline())
os.remove(p)
