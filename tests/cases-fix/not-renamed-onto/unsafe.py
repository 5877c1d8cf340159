import os
import shutil
import tempfile

with open("new", "w") as file:
    file.write("1")
aside = os.path.join(tempfile.mkdtemp(), 'old')
shutil.move("new", aside)
print(open(aside).read())
os.remove(aside)
