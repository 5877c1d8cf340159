import os
import shutil
import stat
import tempfile
fd, p = tempfile.mkstemp()
os.close(fd)
shutil.copyfile(__file__, p)
print(stat.S_IMODE(os.stat(p)[0]))
