import os, shutil, sys, tempfile
if len(sys.argv) > 1: p = tempfile.mktemp(); shutil.copyfile(__file__, p)
print("done")
