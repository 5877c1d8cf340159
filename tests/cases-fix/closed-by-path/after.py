import os
from pathlib import Path
import tempfile

def f(text):
    fd, name = tempfile.mkstemp(".txt")
    os.close(fd)
    Path(name).write_text(text)
    print(Path(name).read_text())
    Path(name).unlink()

f("abc")
