import builtins
import tempfile

kept, calls = builtins.open, []

def counted(*arguments):
    calls.append(arguments)
    return kept(*arguments)

builtins.open = counted
p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
print(len(calls))
