"""Why something cannot be done with the added sources."""

from __future__ import annotations

from enum import StrEnum

from retrieval.core.errors import QuothError


class SourceProblem(StrEnum):
    """What stands in the way; the text is for the terminal, with the file in the place of {file}."""

    NOT_THERE = "There is no added source {file}; `quoth sources` shows those that there are."
    IS_THERE = "There is a source {file} already; replace it, or give the new one another name."
    NO_PLACE = "{file} cannot be the path of a source; use letters, digits, blanks and - . _ in its name."
    NOT_KEPT = "What was {file} is not kept any more: that is done for thirty days."
    NOT_WAITING = "What was to become {file} is not there any more; add it again."
    NOT_READ = "{file}: this is no kind of file that is read."
    TOO_LARGE = "{file} is too large to be a source; split it into several files."
    EMPTY = "{file} is empty; write something in it."


class SourceStoreError(QuothError):
    """Something cannot be done with an added source, for the reason `problem`."""

    def __init__(self, problem: SourceProblem, file: str) -> None:
        super().__init__(problem.value.format(file=file))
        self.problem = problem
        self.file = file
