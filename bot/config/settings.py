"""One frozen object of settings, read once at start; all its problems are said at once."""

from __future__ import annotations

import base64
import binascii
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.config.errors import SettingsError
from bot.config.log_address import shown_address
from bot.config.setting_types import FetchPolicy, Folder, Ids, LogAddress, LogFormat, LogLevel, Shards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

ENV_FILE = Path(".env")
PREFIX = "QUOTH_"


SECRET_SETTINGS = {"discord_token", "DISCORD_TOKEN", "log"}  # their values are nobody's business


class Settings(BaseModel):
    """What the operator can set: environment variables first, then the file `.env` in the current folder.

    Made by `load_settings`. pydantic-settings would do the same and takes 20 ms to import, at each start.
    """

    model_config = ConfigDict(frozen=True, populate_by_name=True, validate_default=True)

    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN", description="The bot's token")
    seeds: Folder = Field(Path("seeds"), description="The folder of articles")
    data: Folder = Field(Path("data"), description="The folder where the query log and the index are kept")
    index: str | None = Field(
        None, description="A published index to answer from in place of the articles: its folder or its address"
    )
    build_memory: int = Field(
        2000, ge=500, le=1_000_000, description="Megabytes of memory that making an index may take, roughly"
    )
    log: LogAddress | None = Field(
        None, description="The PostgreSQL database where the query log is kept; without one it is a file in the folder"
    )
    limit: int = Field(3, ge=1, le=10, description="Quotations in an answer, at most")
    enough: float = Field(
        0.25, ge=0, le=1, allow_inf_nan=False, description="The least confidence with which anything is answered"
    )
    sure: float = Field(
        0.55, ge=0, le=1, allow_inf_nan=False, description="The least confidence of an answer given without reserve"
    )
    keep_days: int = Field(0, ge=0, le=36_500, description="Days that a question is kept in the log; 0 is for ever")
    backups: int = Field(7, ge=0, le=1000, description="Backups of the log, one a day, that are kept; 0 is none")
    watch: int = Field(30, ge=0, le=86_400, description="Seconds from one look at the articles to the next; 0 is never")
    model: Folder | None = Field(
        None, description="The folder of a sentence encoder that reads along; without one, words alone find answers"
    )
    editors: Ids = Field(
        frozenset(), description="The roles and people who may add and remove sources; empty: who may manage a server"
    )
    fetch: FetchPolicy = Field(FetchPolicy.HTTPS, description="From which addresses sources are fetched")
    member_answers: bool = Field(
        default=True, description="Whether what members wrote is answered from, where it is kept"
    )
    shards: Shards | None = Field(
        None, description="The part of the servers that this process serves, such as 0-3/16; without one it is all"
    )
    log_level: LogLevel = Field(LogLevel.INFO, description="How much the program tells of what it does")
    log_format: LogFormat = Field(LogFormat.TEXT, description="How it is written: as text or as JSON, an event a line")
    health_port: int | None = Field(
        None, ge=1, le=65_535, description="The port of this machine where the bot says whether it is well"
    )

    @property
    def log_file(self) -> Path:
        """The query log where no database keeps it."""
        return self.data / "quoth.db"

    @property
    def log_address(self) -> str | None:
        """The address of the database that keeps the query log, with its secret; None where a file does."""
        return self.log.get_secret_value() if self.log else None

    @property
    def log_name(self) -> str:
        """The query log as people may read it."""
        return shown_address(self.log_address) if self.log_address else str(self.log_file)

    @property
    def index_folder(self) -> Path:
        """Where the indexes of large libraries are kept."""
        return self.data / "index"


def load_settings(**overrides: object) -> Settings:
    """The settings, with `overrides` (options of the command line; None is not given) before all else.

    Everything that is wrong with them is said in one `SettingsError`, a line for each.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    if "seeds" in given:  # who names articles means these
        given.setdefault("index", None)
    try:
        variables = [*_in_env_file().items(), *os.environ.items()]  # the last one counts
    except (OSError, UnicodeError) as error:
        raise SettingsError(_unreadable(error)) from error
    written = {name.upper(): (name, value) for name, value in variables if value}
    fields = zip(Settings.model_fields, names(), strict=True)
    values = {field: written[variable][1] for field, variable in fields if variable in written}
    try:
        return Settings.model_validate({**values, **given})
    except ValidationError as error:
        raise SettingsError("\n".join(_problem(found, given, written) for found in error.errors())) from error


def require_token(settings: Settings) -> str:
    """The bot's token; a `SettingsError` where there is none or it cannot be one."""
    if settings.discord_token is None:
        raise SettingsError(f"DISCORD_TOKEN is not set: {WHERE_TO_GET_ONE}.")
    token = settings.discord_token.get_secret_value()
    if problem := token_problem(token):
        raise SettingsError(problem)
    return token


# What is pasted in place of a token, and what to say.
TOKEN_MISTAKES = (
    (r"\s*", "is empty"),
    (r"(?is)\s*bot\s.*", "begins with the word Bot, which is no part of it"),
    (r"""(?s)["'].*|.*["']""", "has quotation marks around it, which are no part of it"),
    (r"(?s).*\s.*", "has a space or a line end in it"),
    (r"[0-9]+", "is a number, such as the application's id, and not the token"),
    (r"[\w-]{32}", "looks like the application's client secret, and not the token"),
    (r"[0-9a-f]{64}", "looks like the application's public key, and not the token"),
)
WHERE_TO_GET_ONE = "copy the token from the page Bot of your application at https://discord.com/developers/applications"


def token_problem(token: str) -> str | None:
    """What is wrong with the shape of a bot token, in one sentence without the token; None where nothing is.

    A token is three parts with dots between, in base64url; the first is the bot's user id.
    """
    for mistake, problem in TOKEN_MISTAKES:
        if re.fullmatch(mistake, token):
            return f"DISCORD_TOKEN {problem}: {WHERE_TO_GET_ONE}."
    _, *others = token.split(".")
    if (
        len(others) != 2
        or not re.fullmatch(r"[A-Za-z0-9_.-]+", token)
        or not all(others)
        or application_of(token) is None
    ):
        return f"DISCORD_TOKEN does not have the shape of a bot's token: {WHERE_TO_GET_ONE}."
    return None


def application_of(token: str) -> int | None:
    """The id of the application that a token belongs to, which its first part says; None where that is none."""
    user = token.partition(".")[0]
    try:
        decoded = base64.urlsafe_b64decode(user + "=" * (-len(user) % 4))
    except (binascii.Error, ValueError):  # ValueError: not ASCII
        return None
    return int(decoded) if decoded.isdigit() else None


def names() -> tuple[str, ...]:
    """The settings' names as they are written in the environment or in `.env`."""
    fields = Settings.model_fields
    return tuple(str(field.validation_alias or f"{PREFIX}{name.upper()}") for name, field in fields.items())


def unknown_settings() -> tuple[str, ...]:
    """One sentence for each variable that looks like a setting of ours and is none; it does not stop the bot.

    Looked at: what begins with QUOTH_ in the environment, and with QUOTH_ or DISCORD_ in `.env`.
    """
    try:
        in_file = {name for name in _in_env_file() if name.upper().startswith((PREFIX, "DISCORD_"))}
    except (OSError, UnicodeError) as error:
        return (_unreadable(error),)
    in_environment = {name for name in os.environ if name.upper().startswith(PREFIX)}
    return tuple(
        f"{name} in {ENV_FILE if name in in_file else 'the environment'} is not a setting: {_meant(name)}"
        for name in sorted(in_file | in_environment)
        if name.upper() not in names()
    )


def _meant(name: str) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only who mistypes needs it

    closest = process.extractOne(name.upper(), names(), scorer=fuzz.ratio, score_cutoff=80)
    return f"did you mean {closest[0]}?" if closest else f"the settings are {', '.join(names())}."


def _in_env_file() -> Mapping[str, str | None]:
    """What is in `.env` by the names as they are written there, without empty values; nothing where it is not there."""
    if not ENV_FILE.exists():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - most people ask without such a file

    in_file = dotenv_values(ENV_FILE, encoding="utf-8-sig")  # some editors put a byte order mark at its head
    return {name: value for name, value in in_file.items() if value != ""}


# What pydantic found -> the next step. What is not here says it in pydantic's own words.
NEXT_STEPS = {
    "int_parsing": "give a whole number",
    "int_from_float": "give a whole number",
    "float_parsing": "give a number",
    "finite_number": "give a number",
    "greater_than_equal": "give {ge:g} or more",
    "less_than_equal": "give {le:g} or less",
    "enum": "give {expected}",
    "value_error": "{error}",
}


def _problem(found: ErrorDetails, given: Mapping[str, object], written: Mapping[str, tuple[str, str]]) -> str:
    field = str(found["loc"][0])
    if field in given:
        name = f"--{field.replace('_', '-')}"
    else:
        variable = field if field in names() else f"{PREFIX}{field.upper()}"
        name, _ = written.get(variable, (variable, ""))
    context: dict[str, Any] = found.get("ctx", {})
    next_step = NEXT_STEPS.get(found["type"], found["msg"]).format(**context)
    if field in SECRET_SETTINGS:
        return f"{name} cannot be used: {next_step}."
    return f"{name} is {str(found['input'])!r}: {next_step}."


def _unreadable(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError):
        return f"{ENV_FILE.absolute()} cannot be read ({error.strerror}): let the user who runs quoth read it."
    return f"{ENV_FILE.absolute()} is not UTF-8 text: save it again with the encoding UTF-8."
