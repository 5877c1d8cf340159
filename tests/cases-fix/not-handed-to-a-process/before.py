import os
import subprocess
import tempfile

target = tempfile.mktemp()
print(subprocess.call(["mkdir", target]))
print(os.path.isdir(target))
