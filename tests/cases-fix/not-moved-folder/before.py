import os
import shutil
import tempfile

os.mkdir("data")
aside = tempfile.mktemp(dir=os.getcwd())
shutil.move("data", aside)
print(os.path.isdir("data"), sorted(len(name) for name in os.listdir(".")))
shutil.rmtree(aside)
