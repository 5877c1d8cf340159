import os, tempfile, sys
if sys.argv:
    d = tempfile.mkdtemp(suffix='.d')
else:
    d = None
print(os.path.isdir(d))
