import os
import tempfile
def f():
    work = tempfile.mkdtemp(suffix='_work')
    open(os.path.join(work, 'a'), 'w').close()
    return os.listdir(work), work[-5:]
print(f())
