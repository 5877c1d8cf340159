import json
import os
import tempfile

NOTEBOOK = '''{"cells": [{"cell_type": "code", "source": [
  "import tempfile\\n",
  "p = tempfile.mktemp()\\n",
  "with open(p, 'w') as f:\\n",
  "    f.write('1')"
]}]}'''

fd, path = tempfile.mkstemp(suffix=".ipynb")
with os.fdopen(fd, "w") as file:
    file.write(NOTEBOOK)
with open(path) as file:
    for cell in json.load(file)["cells"]:
        exec("".join(cell["source"]))
print(os.path.getsize(p), os.path.getsize(path))
