import subprocess
import sys
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)
subprocess.check_call([sys.executable, "-c", "print(1)"], stdout=open(path, "w"))
print(open(path).read())
