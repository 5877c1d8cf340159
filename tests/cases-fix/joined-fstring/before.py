import os
import tempfile
p = f"{tempfile.mktemp('-a')}.txt"
with open(p, "w") as f:
    f.write("1")
print(p[-6:])
