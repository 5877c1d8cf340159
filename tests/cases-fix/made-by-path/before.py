import os
import tempfile
from pathlib import Path

def f():
    work = tempfile.mktemp(prefix="w")
    Path(work).mkdir()
    return os.listdir(work), os.path.basename(work)[0]

print(f())
