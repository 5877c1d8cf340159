import tempfile

def f(text: str) -> str:
    path: str = tempfile.mktemp()
    with open(path, "w") as file:
        file.write(text)
    return path

print(open(f("1")).read())
