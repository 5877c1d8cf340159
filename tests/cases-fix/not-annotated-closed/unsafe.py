import shutil
import os
import tempfile

if True: path: "str"; fd, path = tempfile.mkstemp(); os.close(fd); shutil.copyfile(__file__, path)
print(open(path).readline())
