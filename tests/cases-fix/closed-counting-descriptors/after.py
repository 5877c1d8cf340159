import os
import shutil
import tempfile

def keep(source):
    fd, path = tempfile.mkstemp(".keep")
    os.close(fd)
    shutil.copyfile(source, path)
    return os.path.getsize(path)

before = len(os.listdir("/proc/self/fd"))
print(keep(__file__) == keep(__file__))
print(len(os.listdir("/proc/self/fd")) - before)
