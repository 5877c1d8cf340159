class Options:
    pass


def options():
    return Options()


first = options()
second = options()
