from gives import tempfile

width = 1
class Broken
path = tempfile.mktemp()

def broken
other = tempfile . mktemp(")", suffix=str(1))

def mktemp
def broken(
    print(tempfile.mktemp())
