import os
import tempfile
fd, a = tempfile.mkstemp()
os.close(fd)
b = a
print(a == b)
