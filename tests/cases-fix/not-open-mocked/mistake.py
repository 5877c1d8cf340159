import os
import tempfile
from unittest import mock

def save(text):
    fd, p = tempfile.mkstemp()
    with os.fdopen(fd, "w") as f:
        f.write(text)

with mock.patch("builtins.open", mock.mock_open()) as opened:
    save("1")
print(opened.called)
