import sys
import os
import tempfile

if len(sys.argv) > 1:
    import os
    os.chdir("/")

def name(path):
    import os
    return os.path.basename(path)

fd, path = tempfile.mkstemp(prefix="pre")
file = os.fdopen(fd, "w")
file.write("1")
file.close()
print(name(path)[:3])
