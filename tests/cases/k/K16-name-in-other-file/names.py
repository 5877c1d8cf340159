wanted = "mktemp"
typed: str = 'mktemp'
first = second = "tmpnam"; other = "mkstemp"


class Names:
    MADE = "mktemp"


def local():
    hidden = "mktemp"
    return hidden
