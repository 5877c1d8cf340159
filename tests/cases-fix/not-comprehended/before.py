import tempfile

names = [tempfile.mktemp() for i in range(3)]
print(len(set(names)))
