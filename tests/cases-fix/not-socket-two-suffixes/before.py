import socket
import tempfile

end = ".a"
name = tempfile.mktemp(end) + ".b"
socket.socket(socket.AF_UNIX).bind(name)
print(name[-4:])
