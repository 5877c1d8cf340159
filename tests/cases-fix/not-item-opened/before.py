import tempfile

paths = {}
paths["a"] = tempfile.mktemp()
with open(paths["a"], "w") as file:
    file.write("1")
print(open(paths["a"]).read())
