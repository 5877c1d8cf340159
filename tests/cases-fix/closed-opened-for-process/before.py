import subprocess
import sys
import tempfile

path = tempfile.mktemp()
subprocess.check_call([sys.executable, "-c", "print(1)"], stdout=open(path, "w"))
print(open(path).read())
