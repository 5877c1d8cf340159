import sys
import tempfile


def stage():
    return make_name()


if sys.argv[1:]:
    make_name = tempfile.mktemp
    stage()
else:
    make_name = tempfile.mkdtemp
make_name = tempfile.mkdtemp
