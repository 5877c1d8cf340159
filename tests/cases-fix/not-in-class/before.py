import tempfile

class Places:
    path = tempfile.mktemp()

print([name for name in vars(Places) if not name.startswith("_")])
