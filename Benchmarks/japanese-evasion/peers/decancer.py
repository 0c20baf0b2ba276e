"""decancer (look-alikes of the whole of Unicode), then pyahocorasick."""
import decancer_py

from common import automaton, serve, terms


def fold(text):
    return str(decancer_py.parse(text))


holds = automaton(map(fold, terms()))
serve(lambda text: holds(fold(text)))
