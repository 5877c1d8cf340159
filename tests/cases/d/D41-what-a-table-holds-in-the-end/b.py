from a import Tools, early, filled, late

path = early["mk"]()
late["mk"]()
Tools.make()
other = filled["x"]()
