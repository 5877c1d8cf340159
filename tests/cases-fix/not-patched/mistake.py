import os
import tempfile
from unittest import mock

def f():
    fd, p = tempfile.mkstemp()
    with os.fdopen(fd, "w") as g:
        g.write("1")
    return p

with mock.patch("tempfile.mktemp", lambda: "/dev/null"):
    print(f())
