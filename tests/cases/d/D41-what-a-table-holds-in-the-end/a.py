import tempfile


def safe():
    return tempfile.mkdtemp()


early = {"mk": safe}
early["mk"] = tempfile.mktemp

late = {}
late["mk"] = tempfile.mktemp
late["mk"] = safe


class Tools:
    make = tempfile.mktemp
    make = safe


def fill(table):
    table["x"] = tempfile.mktemp


filled = {"x": safe}
fill(filled)
