from tempfile import mkstemp

def write_results(results):
    filename = mkstemp()
    with open(filename, "w+") as f:
        f.write(results)
    print("Results written to", len(filename) > 0)

write_results("abc")
