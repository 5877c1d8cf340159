import os
import tempfile
fd, p = tempfile.mkstemp(
    # where it ends
    suffix=".txt",
    dir=tempfile.gettempdir(),
)  # the name

# and then
with os.fdopen(
    fd,
    "w",
) as f:
    print("abc", file=f)
print(os.path.dirname(p) == tempfile.gettempdir())
