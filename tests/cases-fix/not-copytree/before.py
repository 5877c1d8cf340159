import shutil, os, tempfile
p = tempfile.mktemp()
shutil.copytree(os.path.dirname(os.path.abspath(__file__)), p)
print(os.path.isdir(p))
