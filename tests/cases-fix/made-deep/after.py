import os
import tempfile
d = tempfile.mkdtemp(".d", prefix="deep")
print(os.path.isdir(d), len(os.path.basename(d)))
