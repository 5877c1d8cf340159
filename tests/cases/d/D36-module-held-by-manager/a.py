import tempfile
from contextlib import contextmanager


@contextmanager
def held():
    yield tempfile
