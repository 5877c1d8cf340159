import os
import tempfile
from pathlib import Path

fd, p = tempfile.mkstemp()
with os.fdopen(fd, "w") as f:
    f.write("x")
Path(p).rename("here")
