import os
tempfile = "mine"
p = os.tempnam()
open(p, "w").close()
print tempfile
