import os
import tempfile
d = tempfile.mktemp("", "x", "/tmp/tmpguard-no-such-folder/deeper")
os.makedirs(d)
print(os.path.isdir(d))
os.removedirs(d)
