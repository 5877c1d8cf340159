import codecs
import os
import tempfile as t

fd, path = t.mkstemp(suffix=".u")
os.close(fd)
file = codecs.open(path, 'wb', encoding="utf-8")
file.write(u"\xe9")
file.close()
print(os.path.getsize(path))
