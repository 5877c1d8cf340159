import os, socket, tempfile
fd, p = tempfile.mkstemp()
s = socket.socket(socket.AF_UNIX)
s.bind(p)
print("bound")
