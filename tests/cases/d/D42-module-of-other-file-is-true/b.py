from a import os, tempfile

if not tempfile:
    tempfile.mktemp()
if tempfile:
    path = tempfile.mktemp()
if not (os):
    os.tempnam()


def later():
    if tempfile:
        return None
    return tempfile.mktemp()
