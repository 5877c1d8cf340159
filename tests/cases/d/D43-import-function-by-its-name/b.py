from a import builtins

path = builtins.getattr(builtins, "__import__")("tempfile").mktemp()
folder = builtins.getattr(builtins, "__import__")("tempfile").mkdtemp()
