import tempfile

from table import Options, early, later, options, use

early["mk"]()
early["mk"] = tempfile.mktemp
early["mk"]()

options.mk()
options.mk = tempfile.mktemp
options.mk()

Options.mk()
Options.mk = tempfile.mktemp
Options.mk()

use()
later["mk"] = tempfile.mktemp
use()
