import os
import tempfile

import names
from names import Names, hidden, other, second, wanted

getattr(tempfile, wanted)()
getattr(tempfile, names.typed)()
getattr(tempfile, Names.MADE)()
vars(os)[second]()
getattr(tempfile, other)()
getattr(tempfile, hidden)()
getattr(tempfile.x, wanted)()
