from tempfile import mktemp
def f() -> str:
    with open(mktemp(suffix=".a"), mode="x", encoding="ascii") as f:
        f.write("abc")
        return f.name
print(open(f()).read())
