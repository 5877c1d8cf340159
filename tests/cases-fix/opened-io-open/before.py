from __future__ import print_function
import io
import tempfile
p = tempfile.mktemp()
with io.open(p, "w", encoding="ascii") as f, io.open(p) as g:
    f.write(u"abc")
    f.flush()
    print(g.read())
