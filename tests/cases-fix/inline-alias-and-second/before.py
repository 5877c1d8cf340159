import tempfile as tf
with open(__file__) as g, open(tf.mktemp(dir="/tmp" and None), "w+") as f:
    f.write(g.readline())
    f.seek(0)
    print(f.read()[:6])
