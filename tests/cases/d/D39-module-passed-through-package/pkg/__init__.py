from .inner.util import reserve
