"""What a folder of articles says of all of them, in `library.toml`: so far the address that theirs are relative to."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_FILE = "library.toml"
WEB = ("https://", "http://")


class FolderSettings(NamedTuple):
    """`base_url` is the address of the folder's articles in the web, "" for none; `problems` are sentences."""

    base_url: str = ""
    problems: tuple[str, ...] = ()


def settings_of(folder: Path) -> FolderSettings:
    """What `library.toml` in a folder says; nothing where there is none. It never raises."""
    try:
        said = tomllib.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return FolderSettings()
    except OSError as error:
        return FolderSettings(
            problems=(f"{SETTINGS_FILE} cannot be read ({error.strerror}); check that this user may read it.",)
        )
    except ValueError as error:
        return FolderSettings(problems=(f'{SETTINGS_FILE} is no TOML ({error}); write base_url = "https://…" in it.',))
    base = said.get("base_url", "")
    if not isinstance(base, str) or (base and not base.startswith(WEB)):
        return FolderSettings(
            problems=(f"{SETTINGS_FILE} says base_url = {base!r}; write the whole address, from https:// on.",)
        )
    return FolderSettings(base if not base or base.endswith("/") else f"{base}/")
