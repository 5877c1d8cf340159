import os
import shutil
import stat
import tempfile
p = tempfile.mktemp()
shutil.copyfile(__file__, p)
print(stat.S_IMODE(os.stat(p)[0]))
