import shell
from a import ident, nothing, tempfile

path = ident(tempfile).mktemp()
ident(shell).mktemp()
nothing(tempfile).mktemp()
