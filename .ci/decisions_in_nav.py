"""Lists the decisions in the navigation of the documentation, so that a new one is a file and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    """Append a section with every decision, in their order."""
    folder = Path(config.docs_dir, "decisions")
    config.nav.append({"Decisions": [f"decisions/{file.name}" for file in sorted(folder.glob("*.md"))]})
    return config
