import os
import sqlite3
import tempfile

path = tempfile.mktemp()
with sqlite3.connect(path) as db:
    db.execute("create table t (a)")
print(os.path.getsize(path) > 0)
