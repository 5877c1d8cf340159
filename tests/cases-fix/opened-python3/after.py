import tempfile

def save(text: str) -> str:
    fd, path = tempfile.mkstemp(suffix=".txt")  # a name
    with open(fd, "w", encoding="utf-8") as file:
        file.write(text)
    return path

print(open(save("abc")).read())
