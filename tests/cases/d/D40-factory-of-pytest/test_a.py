import tempfile

from conftest import make


def test_it(folder, tmpdir_factory):
    make(tmpdir_factory)
    tempfile.mkdtemp()
