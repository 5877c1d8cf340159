import tempfile
os = "mine"
p = tempfile.mktemp()
f = open(p, "w")
f.write(os)
f.close()
print(open(p).read())
