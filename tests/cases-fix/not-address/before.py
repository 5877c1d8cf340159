import tempfile

url = "sqlite:///" + tempfile.mktemp()
print(url[:12])
