import os
import tempfile
from pathlib import Path

def f():
    work = tempfile.mkdtemp(prefix="w")
    return os.listdir(work), os.path.basename(work)[0]

print(f())
