import os
import tempfile

def f() -> str:
    folder: str = tempfile.mkdtemp()
    return folder

print(os.listdir(f()))
