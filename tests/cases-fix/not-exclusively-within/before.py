import json
import tempfile

path = tempfile.mktemp()
json.dump([1], open(path, "x"))
print(open(path).read())
