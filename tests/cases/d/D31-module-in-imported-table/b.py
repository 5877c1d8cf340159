from a import MODULES, PAIR, modules

path = MODULES["t"].mktemp()
MODULES["other"].mktemp()
other = MODULES.get("t").mktemp()
third = modules()["t"].mktemp()
first, second = PAIR
fourth = first.mktemp()
second.mktemp()
