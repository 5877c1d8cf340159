from tempfile import mktemp
def f() -> str:
    with NamedTemporaryFile(suffix=".a", mode="x", encoding="ascii", delete=False) as f:
        f.write("abc")
        return f.name
print(open(f()).read())
