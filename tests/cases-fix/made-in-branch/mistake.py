import os, tempfile, sys
if sys.argv:
    d = tempfile.mkdtemp(suffix='.d')
    os.mkdir(d)
else:
    d = None
print(os.path.isdir(d))
