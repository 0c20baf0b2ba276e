"""ja-cvu-normalizer (variants of kanji), then substring in small letters."""
from ja_cvu_normalizer.ja_cvu_normalizer import JaCvuNormalizer

from common import automaton, serve, terms

normalizer = JaCvuNormalizer()


def fold(text):
    return normalizer.normalize(text).lower()


holds = automaton(map(fold, terms()))
serve(lambda text: holds(fold(text)))
