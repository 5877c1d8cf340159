from names import ｍｋ

print(ｍｋ())
