import os


def reserve(module):
    return module.tempnam()
