import tempfile

def save(text: str) -> str:
    path = tempfile.mktemp(suffix=".txt")  # a name
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path

print(open(save("abc")).read())
