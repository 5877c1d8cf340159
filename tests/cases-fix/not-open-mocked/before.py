import tempfile
from unittest import mock

def save(text):
    p = tempfile.mktemp()
    with open(p, "w") as f:
        f.write(text)

with mock.patch("builtins.open", mock.mock_open()) as opened:
    save("1")
print(opened.called)
