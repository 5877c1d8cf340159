import builtins
import tempfile
