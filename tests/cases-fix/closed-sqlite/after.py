import sqlite3
import os
import tempfile

def f():
    fd, path = tempfile.mkstemp(suffix=".db")  # a database
    os.close(fd)
    db = sqlite3.connect(path)
    db.execute("create table t (a)")
    db.commit()
    return db.execute("select count(*) from t").fetchall()
print(f())
