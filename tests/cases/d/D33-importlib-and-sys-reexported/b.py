from a import importlib, sys

path = importlib.import_module("tempfile").mktemp()
importlib.import_module("shell").mktemp()
other = sys.modules["tempfile"].mktemp()
sys.path["tempfile"].mktemp()
