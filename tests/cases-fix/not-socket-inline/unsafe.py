import socket
import os
import tempfile

with socket.socket(socket.AF_UNIX) as listener:
    listener.bind(os.path.join(tempfile.mkdtemp(), 'socket'))
    print("bound")
