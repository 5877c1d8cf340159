import tempfile
from unittest import mock

def f():
    p = tempfile.mktemp()
    with open(p, "w") as g:
        g.write("1")
    return p

with mock.patch("tempfile.mktemp", lambda: "/dev/null"):
    print(f())
