from table import early

early["mk"]()
