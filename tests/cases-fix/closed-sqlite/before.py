import sqlite3
import tempfile

def f():
    path = tempfile.mktemp(suffix=".db")  # a database
    db = sqlite3.connect(path)
    db.execute("create table t (a)")
    db.commit()
    return db.execute("select count(*) from t").fetchall()
print(f())
