import os
import tempfile

folder = tempfile.mktemp()
os.makedirs(folder, exist_ok=True)
(print(os.listdir(folder)))
