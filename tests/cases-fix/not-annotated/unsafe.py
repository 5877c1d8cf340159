import tempfile

def f(text: str) -> str:
    path: str
    fd, path = tempfile.mkstemp()
    with open(fd, "w") as file:
        file.write(text)
    return path

print(open(f("1")).read())
