import os, tempfile
with tempfile.NamedTemporaryFile(".txt", "pre", delete=False) as f:
    f.write("abc")
    name = f.name
print(os.path.basename(name)[:3], name[-4:], open(name).read())
