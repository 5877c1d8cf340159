import tempfile

MODULES = {"t": tempfile, "other": None}
PAIR = (tempfile, None)


def modules():
    return MODULES
