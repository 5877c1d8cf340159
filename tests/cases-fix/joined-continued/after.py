import os
import tempfile
fd, p = tempfile.mkstemp(suffix='.txt')
f = os.fdopen(fd, 'w')
f.close()
print(p[-4:])
