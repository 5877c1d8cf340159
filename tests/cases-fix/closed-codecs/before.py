import codecs
import os
import tempfile

path = tempfile.mktemp()
with codecs.open(path, "w", "utf-8") as file:
    file.write(u"\xe9")
print(os.path.getsize(path))
