import tempfile

from setup import chosen, table

chosen.mk = tempfile.mktemp
table["mk"] = tempfile.mktemp
