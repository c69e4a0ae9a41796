"""What can be wrong around the library. Each message names the thing, the value and the next step.

QuothError (retrieval.core.errors)
├── SettingsError      the settings cannot be used; says all problems at once (exit status 2)
├── LogError           the query log cannot be opened, read or written; never costs a reader the answer
└── MisquoteError      a quotation as drawn is not what its source says; it is not sent
"""

from retrieval.core.errors import QuothError


class SettingsError(QuothError):
    """The settings cannot be used; one line for each problem."""


class LogError(QuothError):
    """The query log cannot be opened, read or written."""


class MisquoteError(QuothError):
    """A quotation as drawn is not what its source says, which only a fault in the drawing can cause."""
