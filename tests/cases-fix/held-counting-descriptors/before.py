import os
import tempfile

before = len(os.listdir("/proc/self/fd"))
p = tempfile.mktemp()
g = open(p, "w")
g.write("1")
g.close()
print(len(os.listdir("/proc/self/fd")) - before)
