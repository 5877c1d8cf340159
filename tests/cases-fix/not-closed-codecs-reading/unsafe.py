import codecs
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)
try:
    codecs.open(path, "r")
except IOError:
    print("none")
