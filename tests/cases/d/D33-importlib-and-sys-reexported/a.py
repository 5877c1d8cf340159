import importlib
import sys
