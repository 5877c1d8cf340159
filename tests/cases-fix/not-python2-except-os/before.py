import os
import tempfile


def f():
    q = tempfile.mktemp()
    open(q, "w").close()
    return q


try:
    f()
except Exception, os:
    pass
