"""What can be wrong with what we are given. Each message names the thing, the value and the next step.

QuothError
├── LibraryError       the folder of articles cannot be used at all
├── ArticleError       one file cannot be used; the others are
├── NamesError         a line of a names file cannot be used; the others are
├── IndexFileError     an index that was kept cannot be used; the articles are read instead
├── ModelError         a sentence encoder cannot be used; answers are found by words alone
└── QuestionError      a labelled question cannot be used
"""


class QuothError(Exception):
    """Something a person can mend; its text is one sentence for them, never a traceback."""


class LibraryError(QuothError):
    """The folder of articles cannot be used at all: missing, not a folder, or nothing in it that can be read."""


class ArticleError(QuothError):
    """One file cannot be used as an article; the rest of the folder is served without it."""


class NamesError(QuothError):
    """A line of a names file says nothing we understand; the other lines count."""


class IndexFileError(QuothError):
    """An index that was kept cannot be used, and why: "it is cut off". The articles are read instead."""


class ModelError(QuothError):
    """A sentence encoder cannot be used, and why: "it has no weights". Answers are found by words alone instead."""


class QuestionError(QuothError):
    """A labelled question cannot be used: its form is wrong, or the articles do not have what it points to."""
