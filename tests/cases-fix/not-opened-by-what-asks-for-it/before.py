import os
import tempfile

def encoding_for(path):
    print(os.path.exists(path))
    return "utf-8"

p = tempfile.mktemp()
with open(p, "w", encoding=encoding_for(p)) as f:
    f.write("1")
