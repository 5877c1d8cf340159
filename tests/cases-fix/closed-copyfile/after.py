import os, shutil, tempfile
fd, p = tempfile.mkstemp()
os.close(fd)
shutil.copyfile(__file__, p)
print(open(p).readline())
os.remove(p)
