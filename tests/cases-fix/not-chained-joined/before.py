import tempfile

def f():
    a = b = c = tempfile.mktemp("-x") + ".txt"  # a name
    return a == b == c, c[-6:]

print(f())
