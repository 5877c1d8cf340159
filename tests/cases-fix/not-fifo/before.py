import os
import tempfile
p = tempfile.mktemp()
os.mkfifo(p)
print("made")
