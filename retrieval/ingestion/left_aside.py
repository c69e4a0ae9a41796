"""What lies beside articles and is none: pictures, style sheets, packages, pages of navigation. It is only counted."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN = (".", "~")  # what a name begins with that is passed over
PACKAGES = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})

# What each sort is called when there is one, and when there are several.
SORTS: Mapping[str, str] = {
    "picture": "pictures",
    "sound": "sounds",
    "film": "films",
    "style sheet": "style sheets",
    "script": "scripts",
    "font": "fonts",
    "archive": "archives",
    "settings file": "settings files",
    "lock file": "lock files",
    "licence": "licences",
    "navigation page": "navigation pages",
    "hidden file": "hidden files",
    "hidden folder": "hidden folders",
    "folder of packages": "folders of packages",
    "folder that is a link or too deep": "folders that are links or too deep",
    "pipe or device": "pipes or devices",
    "other file": "other files",
}
SUFFIXES: Mapping[str, str] = {
    suffix: sort
    for sort, suffixes in {
        "picture": "png jpg jpeg jfif gif svg webp avif bmp ico tif tiff heic psd ai eps drawio excalidraw puml",
        "sound": "mp3 wav ogg oga flac m4a aac opus mid midi",
        "film": "mp4 m4v webm mov avi mkv mpg mpeg ogv",
        "style sheet": "css scss sass less styl",
        "script": "js mjs cjs ts jsx tsx vue svelte map wasm py rb sh ps1 bat lua php go rs java c h cpp cs",
        "font": "woff woff2 ttf otf eot",
        "archive": "tar gz tgz bz2 xz 7z rar zst jar",
        "settings file": "yml yaml toml ini cfg conf properties env editorconfig xml po pot mo",
        "lock file": "lock sum",
    }.items()
    for suffix in suffixes.split()
}
NAMES: Mapping[str, str] = {
    name: sort
    for sort, names in {
        "lock file": "package-lock.json pnpm-lock.yaml npm-shrinkwrap.json composer.lock",
        "settings file": (
            "package.json composer.json tsconfig.json jsconfig.json bower.json manifest.json robots.txt "
            "requirements.txt cmakelists.txt makefile dockerfile cname _redirects _headers"
        ),
        "navigation page": "_sidebar.md _footer.md _header.md _navbar.md _coverpage.md",
    }.items()
    for name in names.split()
}
# In capitals, as those of packages are; “licence.md” may be an article on it.
LICENCE = re.compile(
    r"(?:LICEN[SC]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)(?:[-_.][A-Z0-9.-]+)?(?:\.(?:md|txt|rst|html))?"
)
# What people expect to be read, even where nothing reads it.
DOCUMENTS = frozenset(
    """
    doc docx odt rtf pdf epub mobi ppt pptx odp xls xlsx ods pages html htm rst adoc org tex wiki eml msg
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)


def sort_of(file: str) -> str:
    """Which of SORTS a file is that lies among articles, by its path; "" for one that may be an article.

    A path that ends in a slash is that of a folder which is not looked into.
    """
    name = posixpath.basename(file.rstrip("/"))
    if file.endswith("/"):
        if name in PACKAGES:
            return "folder of packages"
        return "hidden folder" if name.startswith(HIDDEN) else "folder that is a link or too deep"
    if name.startswith(HIDDEN):
        return "hidden file"
    if sort := NAMES.get(name.lower()):
        return sort
    return "licence" if LICENCE.fullmatch(name) else ""


def sort_by_ending(file: str) -> str:
    """Which of SORTS a file is that no reader reads; "" for a document that people expect to be read."""
    suffix = posixpath.splitext(file)[1][1:].lower()
    return "" if suffix in DOCUMENTS else SUFFIXES.get(suffix, "other file")
