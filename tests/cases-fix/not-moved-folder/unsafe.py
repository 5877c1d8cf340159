import os
import shutil
import tempfile

os.mkdir("data")
aside = os.path.join(tempfile.mkdtemp(dir=os.getcwd()), 'old')
shutil.move("data", aside)
print(os.path.isdir("data"), sorted(len(name) for name in os.listdir(".")))
shutil.rmtree(os.path.dirname(aside))
