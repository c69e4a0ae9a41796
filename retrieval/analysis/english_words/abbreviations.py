"""English abbreviations, and words that open a sentence behind one."""

from __future__ import annotations

import re

from retrieval.analysis.foreign_abbreviations import OTHER_ABBREVIATIONS, OTHERS_BEFORE_NUMBER

# Punkt learns abbreviations from a corpus; nothing is downloaded here, so they are listed. Lower case, no last dot.
ENGLISH = frozenset(
    """
    mr mrs ms messrs mx dr drs prof rev hon fr sr jr st ste gen col lt maj capt cmdr cpl sgt adm brig pvt gov sen rep
    pres supt insp ald atty esq e.g i.e cf viz vs v ca approx et.al etc ibid op.cit jan feb mar apr jun jul aug sep sept
    oct nov dec tue tues wed thu thur thurs fri ave blvd rd hwy mt ft bldg dept univ assn bros corp inc ltd co plc llc
    s.a u.s u.k u.n e.u u.s.a d.c u.s.s.r a.m p.m b.c a.d b.a m.a ph.d m.d d.phil eds chap mph lbs lb oz yr yrs hr hrs
    aka www
    sq minn calif conn ala ariz colo fla ky mich mont neb nev okla penn tenn tex va vt wis wyo n.j n.y n.h n.m n.c n.d
    s.c s.d wm chas geo jas thos benj al eq eqs fig figs vol vols tab thm thms prop lem sect ch pt app ex amb cllr
    asst assoc dir mgr intl natl govt inst
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)
ABBREVIATIONS = ENGLISH.union(*OTHER_ABBREVIATIONS.values())

# Abbreviations only before a number: "no. 5", "p. 12"; else they are words at the end of a sentence.
BEFORE_NUMBER = re.compile(
    r"(?:^|[\s('’])(?:nos?|vols?|pp?|figs?|ch|arts?|secs?|sects?|ext|pop|tel|c|eqs?|tabs?|refs?|thms?|props?|apps?|exs?|paras?"
    rf"|cls?|pts?|apt|rm|ver|op|ill|pls?|{OTHERS_BEFORE_NUMBER})\.$",
    re.IGNORECASE,
)

# Abbreviations amid a sentence, before a small letter, a number or a bracket; before a capital the sentence is over:
# “5 ml. of milk”, “2 tbsp. each”, “max. two”.
AMID = re.compile(
    r"(?:^|[\s(\d])(?:tbsps?|tsps?|m[lgm]|c[lm]|k[gm]|kcal|gal|doz|incl|excl|esp|resp|min|max|mil|bn|sec|hr|wk|mo|est|avg"
    r"|temp|cont|paras?|refs?|cls?|apt|eds?|trans|orig|J\.-C"
    r"|(?<=\d)(?:in|m|l|g|t|h|s)|(?<=\d )(?:in|m|l|g|t|h|s))\.$",
    re.IGNORECASE,
)

# Words that often open a sentence: an abbreviation before one of these may have ended the sentence before.
OPENERS = frozenset(
    """
    After All Although An And Any Are As At Because Before But By Despite Did Do Does During Each Every For From Further
    Had Has He Her Here His How However I If In Is It Its Many Meanwhile More Most My Nor Not Now On Once One Or Our She
    Since So Some Still Such That The Their Then There These They This Those Though Three Through To Today Two Under
    Until Was We Were What When Where Whether Which While Who Why With Without Yet You Your
    """.split()  # noqa: SIM905 - as above
)
