"""MediaWiki AbuseFilter's norm(), restated: confusables, then special characters, repeats and white space out.

NFKC with case folding stands for its table of confusables (Equivset), which is not on PyPI and holds few kana.
"""
import re
import unicodedata

from common import automaton, serve, terms


def norm(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[\W_]+", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


holds = automaton(map(norm, terms()))
serve(lambda text: holds(norm(text)))
