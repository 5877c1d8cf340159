import os
import tempfile
p = tempfile.mktemp() + \
    '.txt'
f = open(p, 'w')
f.close()
print(p[-4:])
