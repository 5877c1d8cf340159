import os
import tempfile

def pipe():
    address = tempfile.mktemp(prefix=r'\\.\pipe\python-pipe-%d-' % os.getpid())
    return address

print(r"\pipe" in pipe())
