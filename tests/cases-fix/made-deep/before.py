import os
import tempfile
d = tempfile.mktemp(".d", prefix="deep")
os.makedirs(d)
print(os.path.isdir(d), len(os.path.basename(d)))
