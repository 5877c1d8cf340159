import shutil, os, tempfile
fd, p = tempfile.mkstemp()
shutil.copytree(os.path.dirname(os.path.abspath(__file__)), p)
print(os.path.isdir(p))
