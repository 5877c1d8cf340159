import tempfile

from setup import first, kept, options, replaced, safe, table

second = options()
first.mk = tempfile.mktemp
second.mk = safe
first.mk()

other = table()
other["mk"] = safe
kept["mk"]()
