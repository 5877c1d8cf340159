from setup import first, safe

first.make = safe
first.make()
