"""Everything that can be done below a page, in one table: each action has one listener in a cog.

The value of an action stands in the ids of messages that were sent long ago, so it is never given to something else.
"""

from __future__ import annotations

from enum import StrEnum


class Press(StrEnum):
    """What a button does; the comment says with what."""

    MORE = "more"  # the id of a row
    NEXT = "next"  # the id of a row, and how many passages were shown: "01jjx….3"
    CONTEXT = "context"  # the id of a row, as in all that have no comment
    CLOSEST = "closest"
    CITE = "cite"
    WHY = "why"
    NUMBERS = "numbers"
    UP = "up"
    DOWN = "down"
    UNVOTE = "unvote"
    DELETE = "delete"
    ASK_ON = "askon"
    HELPED = "helped"
    NOT_THIS = "notthis"
    TELL = "tell"
    UNTELL = "untell"
    SOURCES = "sources"  # the number of a page
    TEXT = "text"  # the digest of an article
    RECENT = "recent"  # a choice of rows and a place among them
    EXPORT = "export"  # a format, and the same
    GAPS = "gaps"  # "open" or "closed", and the number of a page
    GAP = "gap"
    PLANNED = "planned"
    CLOSED = "closed"
    REOPENED = "reopened"
    CORRECTIONS = "corrections"  # the number of a page
    MARK = "mark"  # the code of a correction, or "all"
    FORGET = "forget"  # "me"
    KEEP = "keep"  # the name of a draft, as in the next two
    DISCARD = "discard"
    WOULD = "would"
    KEEP_ANSWER = "keepanswer"  # the name of a draft of a member's answer
    ASKED = "asked"  # likewise
    JOIN = "join"  # the names of two
    CHANGES = "changes"  # the number of a row of the sources' history, before which they are
    RESTORE = "restore"  # the number of such a row, as in the next one
    WITHDRAW = "withdraw"


class Choose(StrEnum):
    """What choosing from a menu does, with the id of a row and what was chosen; the comment says with what else."""

    CONTEXT = "context"
    CITE = "cite"
    CORRECTION = "correction"  # "one"


class Send(StrEnum):
    """What sending a form does, with the id of a row and what was written."""

    COMMENT = "comment"
    QUESTION = "question"  # the name of a draft
    SOURCE = "source"  # "new", or the number of the row that last changed the source that is to be replaced
    FOLLOW_UP = "followup"
