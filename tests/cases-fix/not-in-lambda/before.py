import tempfile

make = lambda: tempfile.mktemp()
print(make() != make())
