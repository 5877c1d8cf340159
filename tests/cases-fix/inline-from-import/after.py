from tempfile import NamedTemporaryFile
def f() -> str:
    with NamedTemporaryFile("w", suffix=".a", delete=False, encoding="ascii") as f:
        f.write("abc")
        return f.name
print(open(f()).read())
