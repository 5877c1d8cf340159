import os
from pathlib import Path
import tempfile

def f(text):
    name = tempfile.mktemp(".txt")
    Path(name).write_text(text)
    print(Path(name).read_text())
    Path(name).unlink()

f("abc")
