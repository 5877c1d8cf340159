import os
import tempfile
print(len(os.path.basename(tempfile.mktemp())))
