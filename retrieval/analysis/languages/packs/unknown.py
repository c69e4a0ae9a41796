"""A language that no pack is there for: no stems and no stop words; what is frequent weighs little anyway."""

from retrieval.analysis.languages.language_pack import LanguagePack

PACK = LanguagePack(code="und", name="another language")
