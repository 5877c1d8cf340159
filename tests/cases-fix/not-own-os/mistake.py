import tempfile
os = "mine"
fd, p = tempfile.mkstemp()
f = os.fdopen(fd, "w")
f.write(os)
f.close()
print(open(p).read())
