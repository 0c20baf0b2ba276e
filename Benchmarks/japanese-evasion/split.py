"""The split of keywords.tsv into tuning and held-out, fixed before any table was written.

Inside each kind the terms are ranked by SHA-256 of SALT + term (UTF-8); the first 60 % (rounded) are for tuning, the rest
are held out. The list is closed for this version: a new keyword means a new version of the benchmark and a new SALT.
"""
import hashlib

SALT = "akashi/japanese-evasion/1:"


def rank(term):
    return hashlib.sha256((SALT + term).encode("utf-8")).hexdigest()


def split(rows):
    """{term: "tuning" | "heldout"} for rows of (term, kind)."""
    answer = {}
    for kind in {kind for _, kind in rows}:
        terms = sorted((term for term, its in rows if its == kind), key=rank)
        cut = round(len(terms) * 0.6)
        answer.update({term: "tuning" if at < cut else "heldout" for at, term in enumerate(terms)})
    return answer
