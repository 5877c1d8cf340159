import os, tempfile, gzip
fd, p = tempfile.mkstemp()
with os.fdopen(fd, "wb") as f:
    with gzip.GzipFile(fileobj=f, mode="wb", mtime=0) as g:
        g.write(b"1")
print(os.path.basename(p).encode() in open(p, "rb").read())
