import os
import tempfile

before = len(os.listdir("/proc/self/fd"))
fd, p = tempfile.mkstemp()
g = os.fdopen(fd, "w")
g.write("1")
g.close()
print(len(os.listdir("/proc/self/fd")) - before)
