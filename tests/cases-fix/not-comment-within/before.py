import tempfile

f = open(tempfile.mktemp(),  # keep me
         "w")
f.close()
