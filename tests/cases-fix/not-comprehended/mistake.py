import tempfile

fd, name = tempfile.mkstemp()
names = [name for i in range(3)]
print(len(set(names)))
