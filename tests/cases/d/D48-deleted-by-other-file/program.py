from setup import both, got, names, own, table

names.mk()
del names.mk
names.mk()

own.mk()
del own.mk
if hasattr(own, "mk"):
    own.mk()

got.mk()
del got.mk
if hasattr(got, "mk"):
    got.mk()

table["mk"]()
del table["mk"]
if "mk" in table:
    table["mk"]()

if names:
    del both["mk"]
both["mk"]()
