import tempfile

class C:
    def f(self):
        self.a = b = tempfile.mktemp()
        return self.a == b

print(C().f())
