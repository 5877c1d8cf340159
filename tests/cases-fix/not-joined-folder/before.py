import os
import tempfile
p = tempfile.mktemp() + '/a'
os.makedirs(p)
print(os.path.isdir(p))
