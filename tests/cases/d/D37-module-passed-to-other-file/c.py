import tempfile

import a

maker = a.Maker(tempfile)
path = maker.make()
