import codecs
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)
with codecs.open(path, "w", "utf-8") as file:
    file.write(u"\xe9")
print(os.path.getsize(path))
