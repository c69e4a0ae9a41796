"""English, which the rest of `retrieval/` asks in its own way: what it knows stands in retrieval/analysis/english_words."""

from retrieval.analysis.english_words.abbreviations import ENGLISH
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.language_pack import LanguagePack

PACK = LanguagePack(code="en", name="English", stop_words=STOP_WORDS, abbreviations=ENGLISH, dictionary="en", bias=0.0)
