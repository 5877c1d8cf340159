import tempfile

from a import contextmanager, partial


@contextmanager
def held():
    yield tempfile.mktemp


with held() as make:
    path = make()


def plain(make=tempfile.mktemp):
    return partial(make, ".x")()
