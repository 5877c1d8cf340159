import names

print(names.mｋ())
