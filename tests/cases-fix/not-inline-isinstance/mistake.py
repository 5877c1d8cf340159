import io, tempfile
with tempfile.NamedTemporaryFile("w", delete=False) as f:
    print(isinstance(f, io.IOBase))
