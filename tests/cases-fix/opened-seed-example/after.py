import os
from tempfile import mkstemp

def write_results(results):
    fd, filename = mkstemp()
    with os.fdopen(fd, "w+") as f:
        f.write(results)
    print("Results written to", len(filename) > 0)

write_results("abc")
