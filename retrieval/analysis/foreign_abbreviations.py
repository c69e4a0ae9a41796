"""Abbreviations of languages other than English, by their code: those that are no English words.

Lower case, no last dot. Those that stand only before a number or amid a sentence are in the patterns below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER_ABBREVIATIONS: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        """
        bzw vgl mio mrd evtl ggf inkl exkl zzgl bspw hrsg jh jhd sog tsd allg bzgl einschl entspr gem ggü insb lfd
        zb z.b d.h u.a v.a z.t i.d.r o.ä u.u s.o s.u o.g i.d.f i.v.m dipl ing chr
        """.split()  # noqa: SIM905 - lines of words read better than quoted items
    ),
    "fr": frozenset({"mme", "mmes", "mlle", "mlles", "mgr", "p.ex"}),
    "es": frozenset({"sra", "sras", "srta", "dra", "ud", "uds", "vd", "vds", "ee", "uu", "ee.uu", "p.ej", "avda"}),
}
# Before a number: “Abs. 1”, “Nr. 5”, “pág. 12”.
OTHERS_BEFORE_NUMBER = r"abs|nrn?|nr|anl|rn|rdnr|bd|kap|ziff|buchst|pág|págs|núm|núms|tél|éd|n[.°º]"
# The day of a date in German: “am 3. Oktober”.
ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}\.$")
GERMAN_MONTH = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert(?:s|e|en)?|Jh|Jhd)\b"
)
