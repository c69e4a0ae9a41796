"""The kinds of values that settings have, each with what is said of one that it cannot take."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.config.log_address import address_problem
from bot.config.shard_group import ShardGroup


class LogLevel(StrEnum):
    """How much the program tells of what it does."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"

    @classmethod
    def _missing_(cls, value: object) -> LogLevel | None:
        return cls.__members__.get(str(value).upper())

    @property
    def number(self) -> int:
        """The level as the standard library counts it."""
        return logging.getLevelNamesMapping()[self.value]


class LogFormat(StrEnum):
    """How a line of that is written: for people, or as JSON for programs."""

    TEXT = "text"
    JSON = "json"

    @classmethod
    def _missing_(cls, value: object) -> LogFormat | None:
        return cls.__members__.get(str(value).upper())


def _not_a_file(path: Path) -> Path:
    try:
        path = path.expanduser()
        is_file = path.exists() and not path.is_dir()
    except OSError as error:
        raise ValueError(f"{error.strerror}; give another folder") from error
    except RuntimeError as error:  # the ~ of a user whom this machine does not know
        raise ValueError("it begins with ~ and there is no such home; give the whole path") from error
    if is_file:
        raise ValueError("it is a file; give a folder")
    return path


class FetchPolicy(StrEnum):
    """From which addresses sources are fetched."""

    HTTPS = "https"
    HTTP = "http"  # and https
    OFF = "off"

    @classmethod
    def _missing_(cls, value: object) -> FetchPolicy | None:
        return cls.__members__.get(str(value).upper())


def _ids(said: object) -> object:
    """The ids in a text, with commas or blanks between."""
    if not isinstance(said, str):
        return said
    ids = said.replace(",", " ").split()
    if not all(one.isascii() and one.isdecimal() for one in ids):
        raise ValueError("give the ids of roles or people, with commas between")
    return frozenset(map(int, ids))


Ids = Annotated[frozenset[int], BeforeValidator(_ids)]


def _an_address(address: SecretStr) -> SecretStr:
    if problem := address_problem(address.get_secret_value()):
        raise ValueError(problem)
    return address


Folder = Annotated[Path, AfterValidator(_not_a_file)]


def _shards(text: object) -> object:
    return ShardGroup.parse(text) if isinstance(text, str) else text


Shards = Annotated[ShardGroup, BeforeValidator(_shards)]
LogAddress = Annotated[SecretStr, AfterValidator(_an_address)]
