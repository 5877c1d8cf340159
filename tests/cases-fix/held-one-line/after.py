import os
import tempfile
if True: fd, p = tempfile.mkstemp(); f = os.fdopen(fd, "w"); f.write("1"); f.close(); print(os.path.getsize(p))
