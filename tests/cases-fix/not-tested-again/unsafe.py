import os
import tempfile

def load(path):
    if os.path.exists(path):
        with open(path) as file:
            return int(file.read())
    return 1

fd, cache = tempfile.mkstemp()
os.close(fd)
print(load(cache))
