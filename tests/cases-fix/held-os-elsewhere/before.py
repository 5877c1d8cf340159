import sys
import tempfile

if len(sys.argv) > 1:
    import os
    os.chdir("/")

def name(path):
    import os
    return os.path.basename(path)

path = tempfile.mktemp(prefix="pre")
file = open(path, "w")
file.write("1")
file.close()
print(name(path)[:3])
