import tempfile

def f():
    fn = tempfile.mktemp()
    open(fn, 'w').write("abc")
    return open(fn).read()
print(f())
