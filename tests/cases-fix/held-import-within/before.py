def f():
    import tempfile
    p = tempfile.mktemp()
    f = open(p, 'w')
    f.write('1')
    f.close()
    return open(p).read()
print(f())
