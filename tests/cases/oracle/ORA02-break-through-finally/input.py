import tempfile


def first_free(folders, make_name):
    for folder in folders:
        try:
            if folder.free():
                break
        finally:
            make_name = tempfile.mktemp
    return make_name()
