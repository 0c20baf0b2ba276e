"""SudachiPy's words (small dictionary, split C): a term is held where its words stand, by surface or normalised form."""
from sudachipy import dictionary, tokenizer

from common import serve, terms

tagger = dictionary.Dictionary(dict="small").tokenizer()


def forms(text):
    """[(surface, normalised form)] of a text."""
    return [(word.surface(), word.normalized_form()) for word in tagger.tokenize(text, tokenizer.Tokenizer.SplitMode.C)]


SOUGHT = [forms(term) for term in terms()]
FIRST = {}
for words in SOUGHT:
    for form in set(words[0]):
        FIRST.setdefault(form, []).append(words)


def is_held(text):
    found = forms(text)
    for at, word in enumerate(found):
        for form in set(word):
            for words in FIRST.get(form, ()):
                part = found[at:at + len(words)]
                if len(part) == len(words) and all(a[0] == b[0] or a[1] == b[1] for a, b in zip(part, words)):
                    return True
    return False


serve(is_held)
