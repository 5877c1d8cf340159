import os, tempfile
d = os.tmpnam()
os.mkdir(d)
e = os.tempnam("/var/tmp")
os.mkdir(e)
print os.listdir(d), os.tempnam()
