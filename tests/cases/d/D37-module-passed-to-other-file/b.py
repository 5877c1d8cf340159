import shell
import tempfile

from a import factory_of, other, outer, reserve

folder = other(tempfile)
path = outer(tempfile)
second = factory_of(tempfile)()
factory_of(shell)()
reserve(shell)
