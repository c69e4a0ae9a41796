"""What the program tells of what it does: one event a line, for people or as JSON, and never a secret.

Fields that an event has besides its message are given with it, as in `logger.info("…", extra={"id": id})`.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config.setting_types import LogFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config.settings import Settings

OF_EVERY_RECORD = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
FRAMES = 5  # of a traceback, the innermost ones
TOKEN = "<token>"  # noqa: S105 - what stands in a token's place
# A bot's token, whose first part is a number in base64; an interaction's; what stands behind a webhook's or an
# interaction's id in an address; and what is called a token, as in a payload or a header.
SECRETS = re.compile(
    r"""\b[MNO][\w-]{5,}\.[\w-]{4,}\.[\w-]{16,}
    | \baW50ZXJhY3Rpb24[\w+/=-]{8,}
    | (?<=/) (?P<route> (?:webhooks|interactions)/\d+/ ) [^/?\s"']+
    | (?P<name> \b(?:token|authorization)["']?\s*[:=]\s*["']?(?:bot\s+)? ) [^\s"',}]+""",
    re.VERBOSE | re.IGNORECASE,
)


def configure(settings: Settings) -> None:
    """Have everything that is logged written to standard error, as the settings say."""
    handler = logging.StreamHandler()
    secret = settings.discord_token.get_secret_value() if settings.discord_token else ""
    handler.setFormatter(LogFormatter(settings.log_format, secret=secret))
    logging.basicConfig(level=settings.log_level.number, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


class LogFormatter(logging.Formatter):
    """Writes each record as one line; of an exception its kind and place, since its words may be a reader's."""

    def __init__(self, form: LogFormat, *, secret: str = "") -> None:
        super().__init__()
        self.form = form
        self.secret = secret

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        event = {name: self._redacted(value) for name, value in event.items()}
        match self.form:
            case LogFormat.JSON:
                return CONTROL.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(event, ensure_ascii=False))
            case LogFormat.TEXT:
                return _as_text(**event)

    def _redacted(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        text = str(value)
        if self.secret:
            text = text.replace(self.secret, TOKEN)
        return SECRETS.sub(_put_token, text)


def _put_token(found: re.Match[str]) -> str:
    return (found["route"] or found["name"] or "") + TOKEN


def _time(record: logging.LogRecord) -> str:
    then = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
    return then.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    fields = {name: value for name, value in vars(record).items() if name not in OF_EVERY_RECORD}
    error = record.exc_info[1] if record.exc_info else None
    return fields if error is None else {**fields, "error": outline(error)}


def _as_text(*, time: str, level: str, logger: str, message: str, **fields: Any) -> str:
    line = " ".join([time, level, f"{logger}: {message}", *(f"{name}={value}" for name, value in fields.items())])
    return CONTROL.sub(lambda char: ascii(char[0])[1:-1], line)


def outline(error: BaseException) -> str:
    """Write the kind of an error and where it came from, the innermost place first; without its own words."""
    kind = type(error).__name__
    if {"status", "code"} <= vars(error).keys():  # an answer of Discord's
        kind += " (status {status}, code {code})".format_map(vars(error))
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(
        [kind, *(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))]
    )
