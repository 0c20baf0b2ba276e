"""Plain substring in small letters: the rule of WordPress, Misskey, YouTube's blocked words and Bluesky for Japanese."""
from common import serve, terms

WORDS = [word.lower() for word in terms()]
serve(lambda text: any(word in text.lower() for word in WORDS))
