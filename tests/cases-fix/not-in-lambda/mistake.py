import tempfile

fd, path = tempfile.mkstemp()
make = lambda: path
print(make() != make())
