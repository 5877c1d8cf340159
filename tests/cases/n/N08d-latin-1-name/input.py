# -*- coding: latin-1 -*-
import tempfile as té
from tempfile import mkstemp as ét

path = té.mktemp()
handle, path = ét()
