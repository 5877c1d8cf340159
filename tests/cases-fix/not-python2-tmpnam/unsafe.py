import os, tempfile
d = tempfile.mkdtemp()
e = tempfile.mkdtemp(dir="/var/tmp")
print os.listdir(d), os.tempnam()
