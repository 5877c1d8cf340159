from socket import socket, AF_UNIX
from tempfile import mktemp

name = mktemp(prefix="s") + ".sock"
socket(AF_UNIX).bind(name)
print(name[-5:])
