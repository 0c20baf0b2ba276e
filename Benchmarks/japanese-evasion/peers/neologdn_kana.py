"""neologdn (widths, dashes, repeats) with NFKC, all katakana as hiragana, then pyahocorasick: the common Japanese recipe."""
import unicodedata

import neologdn

from common import automaton, serve, terms

HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def fold(text):
    return neologdn.normalize(unicodedata.normalize("NFKC", text), repeat=2).casefold().translate(HIRAGANA)


holds = automaton(map(fold, terms()))
serve(lambda text: holds(fold(text)))
