import io, tempfile
with open(tempfile.mktemp(), "w") as f:
    print(isinstance(f, io.IOBase))
