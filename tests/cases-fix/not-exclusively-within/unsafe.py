import json
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)
json.dump([1], open(path, "x"))
print(open(path).read())
