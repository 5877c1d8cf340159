import os
import tempfile
d = tempfile.mkdtemp("", "x", "/tmp/tmpguard-no-such-folder/deeper")
print(os.path.isdir(d))
os.removedirs(d)
