from a import builtins, tempfile

path = builtins.getattr(tempfile, "mktemp")()
folder = builtins.getattr(tempfile, "mkdtemp")()
