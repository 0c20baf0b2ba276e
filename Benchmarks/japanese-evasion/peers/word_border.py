"""Words between borders that are not letters: the rule of Discourse's watched words, Coral's lists and Mastodon's whole words."""
import re

from common import serve, terms

PATTERN = re.compile(r"(?<!\w)(?:%s)(?!\w)" % "|".join(map(re.escape, sorted(terms(), key=len, reverse=True))), re.IGNORECASE)
serve(lambda text: PATTERN.search(text) is not None)
