import os
import tempfile
p = tempfile.mktemp(
    # where it ends
    suffix=".txt",
    dir=tempfile.gettempdir(),
)  # the name

# and then
with open(
    p,
    "w",
) as f:
    print("abc", file=f)
print(os.path.dirname(p) == tempfile.gettempdir())
