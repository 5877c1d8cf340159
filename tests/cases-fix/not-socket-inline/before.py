import socket
import tempfile

with socket.socket(socket.AF_UNIX) as listener:
    listener.bind(tempfile.mktemp())
    print("bound")
