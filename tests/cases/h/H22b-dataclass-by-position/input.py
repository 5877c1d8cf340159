import dataclasses
import tempfile
from typing import Callable, ClassVar


@dataclasses.dataclass
class Base:
    make_folder: Callable[..., str]
    shared: ClassVar[int] = 0


@dataclasses.dataclass
class Settings(Base):
    make_name: Callable[..., str] = tempfile.mkdtemp
    make_folder: Callable[..., str] = tempfile.mkdtemp


settings = Settings(tempfile.mkdtemp, tempfile.mktemp)
settings.make_name()
settings.make_folder()
