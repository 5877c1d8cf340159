import pytest


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("a")


def make(tmpdir_factory):
    return tmpdir_factory.mktemp("b")
