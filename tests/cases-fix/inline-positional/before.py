import os, tempfile
with open(tempfile.mktemp(".txt", "pre"), "w") as f:
    f.write("abc")
    name = f.name
print(os.path.basename(name)[:3], name[-4:], open(name).read())
