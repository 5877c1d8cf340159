import os
import tempfile
fd, p = tempfile.mkstemp()
os.mkfifo(p)
print("made")
