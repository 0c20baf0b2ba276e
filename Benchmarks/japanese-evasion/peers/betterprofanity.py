"""better-profanity with the terms as its list: words between borders, leet spellings undone."""
from better_profanity import profanity

from common import serve, terms

profanity.load_censor_words(terms())
serve(profanity.contains_profanity)
