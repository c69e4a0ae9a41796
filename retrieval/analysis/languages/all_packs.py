"""The languages that Quoth knows, each a pack that is imported when it is first asked for."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from retrieval.core.model import MAIN_LANGUAGE

if TYPE_CHECKING:
    from retrieval.analysis.languages.language_pack import LanguagePack

MAIN = MAIN_LANGUAGE
UNKNOWN = "und"  # what a language without a pack is called (BCP 47)
# A new language: its module in packs/, its row here, and its small words in recognition.py.
MODULES = {
    "ar": "retrieval.analysis.languages.packs.arabic",
    "cs": "retrieval.analysis.languages.packs.czech",
    "da": "retrieval.analysis.languages.packs.danish",
    "de": "retrieval.analysis.languages.packs.german",
    "el": "retrieval.analysis.languages.packs.greek",
    "en": "retrieval.analysis.languages.packs.english",
    "es": "retrieval.analysis.languages.packs.spanish",
    "fi": "retrieval.analysis.languages.packs.finnish",
    "fr": "retrieval.analysis.languages.packs.french",
    "he": "retrieval.analysis.languages.packs.hebrew",
    "hi": "retrieval.analysis.languages.packs.hindi",
    "hu": "retrieval.analysis.languages.packs.hungarian",
    "it": "retrieval.analysis.languages.packs.italian",
    "ja": "retrieval.analysis.languages.packs.japanese",
    "ko": "retrieval.analysis.languages.packs.korean",
    "nl": "retrieval.analysis.languages.packs.dutch",
    "no": "retrieval.analysis.languages.packs.norwegian",
    "pl": "retrieval.analysis.languages.packs.polish",
    "pt": "retrieval.analysis.languages.packs.portuguese",
    "ro": "retrieval.analysis.languages.packs.romanian",
    "ru": "retrieval.analysis.languages.packs.russian",
    "sv": "retrieval.analysis.languages.packs.swedish",
    "th": "retrieval.analysis.languages.packs.thai",
    "tr": "retrieval.analysis.languages.packs.turkish",
    "uk": "retrieval.analysis.languages.packs.ukrainian",
    "vi": "retrieval.analysis.languages.packs.vietnamese",
    "zh": "retrieval.analysis.languages.packs.chinese",
    UNKNOWN: "retrieval.analysis.languages.packs.unknown",
}
ALSO = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "gsw": "de", "cmn": "zh", "yue": "zh"}
TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_.].*)?")


def bias_of(code: str) -> float:
    """What is added to the bias of the confidence for a question in a language."""
    return 0.0 if code == MAIN else pack_of(code).bias


@cache
def pack_of(code: str) -> LanguagePack:
    """The pack of a language; of one without a pack that of UNKNOWN."""
    pack: LanguagePack = import_module(MODULES.get(code, MODULES[UNKNOWN])).PACK
    return pack


def code_of(tag: str) -> str:
    """The code of the language of a tag as front matter and locales have it ("de-AT", "pt_BR"), "" for none.

    A language without a pack keeps its own code.
    """
    found = TAG.fullmatch(tag.strip())
    code = found[1].lower() if found else ""
    return ALSO.get(code, code)
