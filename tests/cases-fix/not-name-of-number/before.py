import os, tempfile, gzip
p = tempfile.mktemp()
with open(p, "wb") as f:
    with gzip.GzipFile(fileobj=f, mode="wb", mtime=0) as g:
        g.write(b"1")
print(os.path.basename(p).encode() in open(p, "rb").read())
