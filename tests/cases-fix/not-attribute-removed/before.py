import os
import shutil
import tempfile

def initialize(folder):
    os.mkdir(folder)

class Mail:
    def __init__(self):
        self.folder = tempfile.mktemp()
        initialize(self.folder)

    def close(self):
        shutil.rmtree(self.folder)

Mail().close()
print("closed")
