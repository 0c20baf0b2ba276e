#!/usr/bin/env python3
"""Runs every peer, and the project itself, on the held-out keywords and writes the measured tables between the marks of README.md.

    peers/install.sh && python3 peers/table.py [--benign FILE]

With --benign a column more: what is held of comments of your own, one a line.
"""
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PYTHON = os.path.join(ROOT, ".venv", "bin", "python")
# file, what it is called in the table, package with version
PEERS = [
    ("word_border", "words between borders (Discourse, Coral, Mastodon)", "`re`"),
    ("betterprofanity", "better-profanity", "better-profanity"),
    ("substring", "plain substring (WordPress, Misskey, YouTube)", "`in`"),
    ("ahocorasick_raw", "pyahocorasick, raw", "pyahocorasick"),
    ("sudachi", "SudachiPy words, normalised", "SudachiPy"),
    ("ja_cvu", "ja-cvu-normalizer + substring", "ja-cvu-normalizer"),
    ("nfkc", "NFKC + case folding + pyahocorasick", "pyahocorasick"),
    ("decancer", "decancer + pyahocorasick", "decancer-py"),
    ("neologdn_kana", "neologdn + kana folding", "neologdn"),
    ("abusefilter", "AbuseFilter `norm`, restated", "pyahocorasick"),
    ("akashi", "Akashi, `akashi moderate`", "this project"),
]
# Built by `swift build -c release`.
AKASHI = os.path.join(os.path.dirname(os.path.dirname(ROOT)), ".build/release/akashi")


def versions():
    pins = open(os.path.join(HERE, "requirements.txt"), encoding="utf-8").read().split()
    return dict(pin.split("==") for pin in pins)


def report(name, split):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "report.json")
        command = AKASHI + " moderate" if name == "akashi" else "%s %s" % (PYTHON, os.path.join(HERE, name + ".py"))
        subprocess.run([sys.executable, os.path.join(ROOT, "run.py"), "--filter", command,
                        "--split", split, "--out", out, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)
        with open(out, encoding="utf-8") as file:
            return json.load(file)


def share(row):
    return "%.1f" % (100 * row["share"])


def interval(row):
    return "%.1f (%.1f–%.1f)" % tuple(100 * row[key] for key in ("share", "low", "high"))


def tables():
    own = len(sys.argv) > 1
    pinned, found = versions(), {name: report(name, "heldout") for name, _, _ in PEERS}
    first = next(iter(found.values()))
    out = ["Measured on %s, Python %s, split heldout, seed %d, %d comments (stream `%s`). Shares in %%, 95 %% intervals in brackets." % (
        datetime.date.today().isoformat(), platform.python_version(), first["seed"], first["comments"], first["stream"][:16]), "",
        "| filter | version | T0 as it stands | macro T1–T30 | transforms over 50 %% | C2 | C3 | held / 100k harmless | lawful held | spelling traps held | meaning traps held |%s" % (
            " held / 100k of %d own |" % first["result"]["own_benign"]["of"] if own else ""),
        "|---|---|---|---|---|---|---|---|---|---|---|" + ("---|" if own else "")]
    names = ["T%d" % number for number in range(1, 31)]
    for name, title, package in PEERS:
        result = found[name]["result"]
        recall, benign = result["recall"], result["benign"]
        out.append("| %s | %s | %s | **%.1f** | %d of %d | %s | %s | %.0f (%.0f–%.0f) | %s | %s | %s |" % (
            title, (package + " " + pinned[package]) if package in pinned else package, share(recall["T0"]), 100 * result["macro"],
            sum(recall[its]["share"] > 0.5 for its in names), len(names), share(recall["C2"]), share(recall["C3"]),
            benign["per100k"], 1e5 * benign["low"], 1e5 * benign["high"], interval(result["lawful"]), interval(result["traps_spelling"]),
            interval(result["traps_meaning"])) + (" %.0f |" % result["own_benign"]["per100k"] if own else ""))
    out += ["", "Recall by transform, in %:", "", "| | cases | " + " | ".join(name for name, _, _ in PEERS) + " |", "|---|---|" + "---|" * len(PEERS)]
    for its, row in first["result"]["recall"].items():
        cells = [found[name]["result"]["recall"][its] for name, _, _ in PEERS]
        out.append("| %s | %d | %s |" % (its, row["of"], " | ".join("–" if cell["share"] is None else "%.0f" % (100 * cell["share"]) for cell in cells)))
    return "\n".join(out)


def main():
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head, rest = text.split("<!-- peers -->\n")
    tail = rest.split("<!-- /peers -->\n")[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "<!-- peers -->\n" + tables() + "\n<!-- /peers -->\n" + tail)


if __name__ == "__main__":
    main()
