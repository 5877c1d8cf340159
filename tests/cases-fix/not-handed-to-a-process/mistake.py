import os
import subprocess
import tempfile

fd, target = tempfile.mkstemp()
print(subprocess.call(["mkdir", target], stderr=subprocess.DEVNULL))
print(os.path.isdir(target))
