import os

from pkg import reserve

path = reserve(os)
