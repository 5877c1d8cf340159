import shutil
import tempfile

if True: path: "str" = tempfile.mktemp(); shutil.copyfile(__file__, path)
print(open(path).readline())
