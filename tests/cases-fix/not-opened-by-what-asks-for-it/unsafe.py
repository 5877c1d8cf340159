import os
import tempfile

def encoding_for(path):
    print(os.path.exists(path))
    return "utf-8"

fd, p = tempfile.mkstemp()
with open(fd, "w", encoding=encoding_for(p)) as f:
    f.write("1")
