import os
import tempfile

class Log:
    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "log")

print(os.path.basename(Log().path))
