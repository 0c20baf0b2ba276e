"""What every peer shares: the contract of run.py (terms in, JSON lines in, JSON lines out)."""
import argparse
import json
import sys


def terms():
    """The terms of --terms FILE, without their readings: none of these peers knows what to do with a reading."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--terms", required=True)
    with open(parser.parse_args().terms, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[0] for line in file if line.strip()]


def serve(is_held):
    """Answers each comment with hold or pass."""
    out = []
    for line in sys.stdin.buffer:
        comment = json.loads(line)
        out.append(json.dumps({"id": comment["id"], "action": "hold" if is_held(comment["text"]) else "pass"}) + "\n")
    sys.stdout.write("".join(out))


def automaton(words):
    """A function that says whether a text holds one of the words (Aho-Corasick)."""
    import ahocorasick
    found = ahocorasick.Automaton()
    for word in words:
        if word:
            found.add_word(word, word)
    found.make_automaton()
    return lambda text: next(found.iter(text), None) is not None
