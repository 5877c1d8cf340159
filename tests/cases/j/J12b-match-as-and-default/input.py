import os
import tempfile


def safe():
    return tempfile.mkdtemp()


def named(kind):
    match tempfile.mktemp:
        case object() as mk:
            return mk()


def either(kind):
    match tempfile:
        case (None | _) as module:
            return module.mktemp()


def default(kind):
    mk = tempfile.mktemp
    match kind:
        case "folder":
            mk = tempfile.mkdtemp
        case _:
            mk = safe
    return mk()


def guarded(kind):
    mk = tempfile.mktemp
    match kind:
        case "folder":
            mk = tempfile.mkdtemp
        case _ if os.name == "nt":
            mk = safe
    return mk()


def one_of_one(kind):
    mk = tempfile.mktemp
    match kind:
        case only,:
            mk = safe
    return mk()
