"""pyahocorasick on the text as it is: what a fast filter of one evening does."""
from common import automaton, serve, terms

serve(automaton(terms()))
