import os
import tempfile

folder = tempfile.mkdtemp()
(print(os.listdir(folder)))
