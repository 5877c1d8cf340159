import os
import tempfile

def f() -> str:
    folder: str = tempfile.mktemp()
    os.mkdir(folder)
    return folder

print(os.listdir(f()))
