import tempfile
from pathlib import Path

p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("x")
Path(p).rename("here")
