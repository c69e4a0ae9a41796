"""The options that several commands share, described once."""

from pathlib import Path
from typing import Annotated

import typer

Seeds = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        metavar="DIR",
        help="The folder of articles. The default is QUOTH_SEEDS, or ./seeds.",
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="K",
        help="At most K quotations, from 1 to 10. The default is QUOTH_LIMIT, or 3.",
        show_default=False,
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="NAME",
        help="Ask only this source; give its name, its file, or a part of either.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
