import tempfile as files


def reserve(module):
    return module.mktemp()


def unused(module):
    return module.mktemp()
