import os
import shutil
import tempfile

os.mkdir("data")
fd, aside = tempfile.mkstemp(dir=os.getcwd())
shutil.move("data", aside)
print(os.path.isdir("data"), sorted(len(name) for name in os.listdir(".")))
shutil.rmtree(aside)
