class Options:
    pass


chosen = Options()
table = {}

import plugin

chosen.mk()
table["mk"]()
