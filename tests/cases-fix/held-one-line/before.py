import os
import tempfile
if True: p = tempfile.mktemp(); f = open(p, "w"); f.write("1"); f.close(); print(os.path.getsize(p))
