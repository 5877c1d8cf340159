import os
import tempfile
p = os.path.join(tempfile.mkdtemp(), 'pipe')
os.mkfifo(p)
print("made")
