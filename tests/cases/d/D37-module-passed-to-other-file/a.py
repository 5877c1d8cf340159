def reserve(module):
    return module.mktemp(suffix=".db")


def factory_of(module):
    return module.mktemp


def other(module):
    return module.mkdtemp()


def outer(module):
    return reserve(module)


class Maker:
    def __init__(self, module):
        self.module = module

    def make(self):
        return self.module.mktemp()
