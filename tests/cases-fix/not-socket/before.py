import os, socket, tempfile
p = tempfile.mktemp()
s = socket.socket(socket.AF_UNIX)
s.bind(p)
print("bound")
