import os, socket, tempfile
p = os.path.join(tempfile.mkdtemp(), 'socket')
s = socket.socket(socket.AF_UNIX)
s.bind(p)
print("bound")
