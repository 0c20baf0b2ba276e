#!/usr/bin/env python3
"""Writes benign.txt, lawful.txt and traps.tsv from the hand-written sources beside it; the same in every run.

    python3 make.py            write them
    python3 make.py --check    say whether they are what the sources give
"""
import os
import random
import re
import sys
import unicodedata

from kana import hiragana

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"benign": 3600, "lawful": 1200}
JOINTS = ["・", "、", " ", "／", "＆", "×", "→", "，", " | ", "　"]


def read(*path):
    with open(os.path.join(HERE, *path), encoding="utf-8") as file:
        return file.read()


def fold(text):
    """NFKC, small letters, hiragana: what nearly every filter for Japanese does."""
    return hiragana(unicodedata.normalize("NFKC", text).casefold())


def keywords():
    """[(term, reading, kind, split)]"""
    return [tuple(line.split("\t")) for line in read("keywords.tsv").split("\n")[1:-1]]


def grammar(text):
    """(slots, templates, lines) of a source; see its head."""
    slots, templates, lines = {}, [], []
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        slot = re.match(r"^(\S+) = (.+)$", line)
        template = re.match(r"^[a-z]: (.+)$", line)
        if slot:
            slots[slot[1]] = slot[2].split(" | ")
        elif template and "{" in template[1]:
            templates.append(template[1])
        else:
            lines.append(template[1] if template else line)
    return slots, templates, lines


def fill(template, slots, rng):
    """One sentence of a template; a slot that stands twice is filled with two different words."""
    used = set()

    def pick(found):
        name = found[1]
        if re.fullmatch(r"\d-\d", name):
            return str(rng.randint(int(name[0]), int(name[2])))
        word = rng.choice([word for word in slots[name] if word not in used] or slots[name])
        used.add(word)
        return word
    return re.sub(r"\{([^}]+)\}", pick, template)


def sentences(name):
    """Every hand-written line, then sentences of the templates in turn until there are enough."""
    slots, templates, lines = grammar(read("sources", name + ".txt"))
    rng = random.Random("texts/" + name)
    found = dict.fromkeys(lines)
    turn = 0
    while len(found) < SIZES[name]:
        found[fill(templates[turn % len(templates)], slots, rng)] = None
        turn += 1
    answer = list(found)
    rng.shuffle(answer)
    return answer


def joined(rng):
    """Traps over the joint of a list: two harmless words whose end and beginning make a keyword."""
    nouns = [word for line in read("sources", "nouns.txt").split("\n") if not line.startswith("#") for word in line.split()]
    for term, reading, _, _ in keywords():
        if len(reading) > 4:
            continue
        pairs = [(a, b) for cut in range(1, len(reading)) for a in nouns for b in nouns
                 if a != b and a.endswith(reading[:cut]) and b.startswith(reading[cut:]) and len(a) > cut and len(b) > len(reading) - cut]
        for a, b in rng.sample(pairs, min(7, len(pairs))):
            joint = rng.choice(JOINTS)
            yield "%s%s%s" % (a, joint, b), term, "joint", a + joint + b


def traps():
    """(phrase, keyword, why, host), sorted by keyword as in keywords.tsv."""
    found = {}
    for line in read("sources", "traps.txt").split("\n"):
        if line and not line.startswith("#"):
            term, why, rest = [part.strip() for part in line.split(" | ", 2)]
            host, phrases = rest.split(": ", 1)
            for phrase in phrases.split(" / "):
                found.setdefault((phrase, term), (why, host))
    for phrase, term, why, host in joined(random.Random("texts/traps")):
        found.setdefault((phrase, term), (why, host))
    order = {term: at for at, (term, _, _, _) in enumerate(keywords())}
    return [(phrase, term, why, host) for (phrase, term), (why, host) in sorted(found.items(), key=lambda item: order[item[0][1]])]


def files():
    """{name: text} of all that is made."""
    return {
        "benign.txt": "".join(line + "\n" for line in sentences("benign")),
        "lawful.txt": "".join(line + "\n" for line in sentences("lawful")),
        "traps.tsv": "phrase\tkeyword\twhy\thost\n" + "".join("\t".join(row) + "\n" for row in traps()),
    }


def main():
    stale = []
    for name, text in files().items():
        if "--check" in sys.argv:
            if read(name) != text:
                stale.append(name)
        else:
            with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
    if stale:
        sys.exit("not what the sources give: " + ", ".join(stale) + " (run make.py)")


if __name__ == "__main__":
    main()
