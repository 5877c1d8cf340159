import os
import tempfile
import shutil
if 1: p = tempfile.mktemp(); shutil.copyfile(__file__, p); print(open(p).readline())
