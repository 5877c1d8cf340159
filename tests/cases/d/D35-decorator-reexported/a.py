from contextlib import contextmanager
from functools import partial
