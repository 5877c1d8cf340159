"""Write.

>>> import tempfile
>>> p = tempfile.mktemp()
>>> f = open(p, "w")
>>> f.close()
>>> f.name == p
True
"""
import doctest
import os
import tempfile
fd, p = tempfile.mkstemp()
f = os.fdopen(fd, "w")
f.close()
print(__doc__, os.path.getsize(p), doctest.testmod())
