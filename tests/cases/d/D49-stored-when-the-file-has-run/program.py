import tempfile

from setup import chosen, own, table, use

chosen.mk = tempfile.mktemp
chosen.mk()
own.mk = tempfile.mktemp
own.mk()
table["mk"] = tempfile.mktemp
use()
