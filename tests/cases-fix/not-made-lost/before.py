import os
import tempfile
os.mkdir(tempfile.mktemp())
