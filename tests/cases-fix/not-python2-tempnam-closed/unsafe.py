import os
import tempfile
from os import tempnam
import shutil
fd, p = tempfile.mkstemp(suffix='.txt', prefix='a')
os.close(fd)
shutil.copyfile(__file__, p)
print open(p).read()
