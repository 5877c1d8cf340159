import codecs
import tempfile

path = tempfile.mktemp()
try:
    codecs.open(path, "r")
except IOError:
    print("none")
