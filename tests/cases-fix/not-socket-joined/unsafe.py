from socket import socket, AF_UNIX
import os
from tempfile import mkdtemp

name = os.path.join(mkdtemp(prefix="s"), 'socket.sock')
socket(AF_UNIX).bind(name)
print(name[-5:])
