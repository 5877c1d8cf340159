import os
import tempfile
import shutil
if 1: fd, p = tempfile.mkstemp(); os.close(fd); shutil.copyfile(__file__, p); print(open(p).readline())
