import os

def f(folder):
    p = os.tempnam(folder, "pre")
    f = open(p, "w")
    f.write("1")
    f.close()
    print p
f("/tmp")
