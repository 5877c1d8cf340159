"""Write.

>>> import tempfile
>>> p = tempfile.mktemp()
>>> f = open(p, "w")
"""
import os
import tempfile
p = tempfile.mktemp()
f = open(p, "w")
f.close()
print(__doc__, os.path.getsize(p))
