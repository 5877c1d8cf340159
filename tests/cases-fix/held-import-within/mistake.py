def f():
    import tempfile
    fd, p = tempfile.mkstemp()
    f = os.fdopen(fd, 'w')
    f.write('1')
    f.close()
    return open(p).read()
print(f())
