"""NFKC and case folding, then pyahocorasick: the usual Unicode advice."""
import unicodedata

from common import automaton, serve, terms


def fold(text):
    return unicodedata.normalize("NFKC", text).casefold()


holds = automaton(map(fold, terms()))
serve(lambda text: holds(fold(text)))
