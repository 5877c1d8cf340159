from __future__ import print_function
import io
import tempfile
fd, p = tempfile.mkstemp()
with io.open(fd, "w", encoding="ascii") as f, io.open(p) as g:
    f.write(u"abc")
    f.flush()
    print(g.read())
