import os, shutil, sys, tempfile
if len(sys.argv) > 1: fd, p = tempfile.mkstemp()
os.close(fd); shutil.copyfile(__file__, p)
print("done")
