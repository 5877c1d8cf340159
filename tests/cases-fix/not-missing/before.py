import os
import tempfile
p = tempfile.mktemp()
print(os.path.exists(p))
