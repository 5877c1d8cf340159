import tempfile
from sockets import Socket


class Listener(Socket):
    def __init__(self):
        self.host, self.port = self.sock.origin

    @property
    def sock(self):
        try:
            return self.__dict__["sock"]
        except KeyError:
            return None


class Session(Socket):
    def scratch(self):
        if self.folder:
            return self.run(tempfile.mktemp())
