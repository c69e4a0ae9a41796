"""A form to fill in, which outlives a restart as buttons do: what it does stands in its id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.pages.page import Form, UploadForm

FIELD, FILE = "text", "file"
UPLOAD = re.compile(r"quoth\.upload:(?P<action>[a-z]+):(?P<argument>[0-9A-Za-z.]{1,80})")
TEMPLATE = re.compile(r"quoth\.form:(?P<action>[a-z]+):(?P<argument>[0-9A-Za-z.]{1,80})")
FORM_TIMEOUT = 600.0  # seconds that discord.py remembers a form; what is sent later arrives all the same


@dataclass(frozen=True, slots=True)
class SentUpload:
    """A form with a file that was sent: what it does, with what, the lines by their names, and what Discord says of it.

    `file` is Discord's description of an attachment, None where there is none.
    """

    action: str
    argument: str
    lines: Mapping[str, str]
    file: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent: what it does, with what, and what was written."""

    action: str
    argument: str
    text: str


def modal_of(form: Form) -> discord.ui.Modal:
    """Draw a form."""
    modal = discord.ui.Modal(
        title=form.title, custom_id=f"quoth.form:{form.action}:{form.argument}", timeout=FORM_TIMEOUT
    )
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD, style=discord.TextStyle.paragraph, required=form.is_required, max_length=form.longest
    )
    modal.add_item(discord.ui.Label(text=form.label, component=field))
    return modal


def upload_modal_of(form: UploadForm) -> discord.ui.Modal:
    """Draw a form that takes a file."""
    modal = discord.ui.Modal(
        title=form.title, custom_id=f"quoth.upload:{form.action}:{form.argument}", timeout=FORM_TIMEOUT
    )
    file: discord.ui.FileUpload[Any] = discord.ui.FileUpload(custom_id=FILE, required=False, min_values=0, max_values=1)
    modal.add_item(discord.ui.Label(text=form.label, component=file))
    for line in form.fields:
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=line.key, required=False, max_length=line.longest, placeholder=line.hint or None
        )
        modal.add_item(discord.ui.Label(text=line.label, component=field))
    return modal


def read_upload(interaction: discord.Interaction[Any]) -> SentUpload | None:
    """Read a form with a file that was sent, also one from before a restart; None where it is no form of ours."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data
    sent = UPLOAD.fullmatch(data["custom_id"])
    if sent is None:
        return None
    lines = {one["custom_id"]: one.get("value") or "" for one in _leaves(data["components"]) if "value" in one}
    chosen = [file for one in _leaves(data["components"]) if one.get("custom_id") == FILE for file in one["values"]]
    files = (data.get("resolved") or {}).get("attachments", {})
    return SentUpload(sent["action"], sent["argument"], lines, files.get(chosen[0]) if chosen else None)


def _leaves(components: list[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _leaves([*component.get("components", ()), *filter(None, [component.get("component")])])


def read_form(interaction: discord.Interaction[Any]) -> SentForm | None:
    """Read a form that was sent, also one that was opened before a restart; None where it is no form of ours."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data
    sent = TEMPLATE.fullmatch(data["custom_id"])
    return SentForm(sent["action"], sent["argument"], next(_written(data["components"]), "")) if sent else None


def _written(components: list[Any]) -> Iterator[str]:
    """What stands in the form's field, in whichever way Discord wraps it."""
    for component in components:
        if component.get("custom_id") == FIELD:
            yield component.get("value") or ""
        yield from _written([*component.get("components", ()), *filter(None, [component.get("component")])])
