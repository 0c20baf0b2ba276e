#!/usr/bin/env python3
"""Measures a comment filter against evasive spelling.

    python3 run.py --filter "akashi moderate" --split heldout
    python3 run.py --filter "python3 peers/substring.py" --split all --out report.json

The filter is a command. It gets `--terms FILE` behind its own words (or in the place of {terms}): a term a line, a TAB, its
reading in katakana. It reads comments as JSON lines {"id", "text", "author", "at"} from standard input, in order of time,
and writes for each {"id", "action": "pass" | "note" | "hold"}; other keys are ignored. A line with "ids" instead of "id"
speaks of several comments together (T29). Everything that is asked is the same for the same seed.
"""
import argparse
import collections
import datetime
import hashlib
import json
import math
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time

import make
import transforms

HERE = make.HERE
VERSION = "1"
PER = 3          # spellings of one keyword by one transform, each in one sentence
NEUTRAL = "もの"  # what stands in a sentence instead of the keyword, to see whether the sentence alone is held
START = datetime.datetime(2026, 4, 1, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
LIMIT = datetime.timedelta(minutes=10)  # T29


class Comment:
    """One comment of the stream. `gap` of a second comment: "soon" (same author, minutes), "late" (hours), "other" (author)."""

    def __init__(self, text, case, gap=None):
        self.text, self.case, self.gap = text, case, gap
        self.id = self.at = self.author = None


class Case:
    """What is counted once: a spelling in a sentence, a harmless comment, a trap."""

    def __init__(self, part, row, keyword="", why="", spelling=None, sentence=None):
        self.part, self.row, self.keyword, self.why, self.spelling, self.sentence = part, row, keyword, why, spelling, sentence
        self.comments = []


def carriers():
    """[(kinds, place, sentence)]"""
    rows = [line.split("\t") for line in make.read("sentences.txt").split("\n") if line and not line.startswith("#")]
    return [(kinds.split(","), place, text.replace("\\n", "\n")) for kinds, place, text in rows]


def fitting(sentences, kind, place):
    """The sentences for a kind of keyword in a place; a finished clause may stand in a slot too."""
    places = ("slot", "end") if place == "slot" else (place,)
    return [text for kinds, its, text in sentences if its in places and kind in kinds]


def plan(split, seed, per=PER):
    """All cases that the filter will be asked, before ids, authors and times."""
    sentences = carriers()
    cases = []
    chosen = [row for row in make.keywords() if split in ("all", row[3])]
    names = transforms.NAMES + list(transforms.EXTRAS) + ["C"]
    for term, reading, kind, _ in chosen:
        rng = random.Random("%s/plain/%s" % (seed, term))
        for text in rng.sample(fitting(sentences, kind, "slot"), per):
            cases.append(case_of(transforms.Spelling(term, ("T0",), "plain"), text, term))
        for name in names:
            spellings = transforms.generate(name, term, reading, seed)
            if not spellings:
                continue
            rng = random.Random("%s/sentence/%s/%s" % (seed, name, term))
            wanted = per * 2 if name == "C" else per
            for spelling in rng.sample(spellings, min(wanted, len(spellings))):
                some = [] if spelling.place == "whole" else fitting(sentences, kind, spelling.place)
                if spelling.second is not None:  # a second slot would hold the whole word
                    some = [text for text in some if text.count("{}") == 1]
                cases.append(case_of(spelling, rng.choice(some) if some else None, term))
    for text in sorted({case.sentence for case in cases if case.sentence}):
        control = Case("sentence", "sentence", sentence=text)
        control.comments = [Comment(text.replace("{}", NEUTRAL), control)]
        cases.append(control)
    terms = {row[0] for row in chosen}
    for part in ("benign", "lawful"):
        cases += [single(part, part, line.replace("\\n", "\n")) for line in make.read(part + ".txt").split("\n")[:-1]]
    for line in make.read("traps.tsv").split("\n")[1:-1]:
        phrase, term, why, _ = line.split("\t")
        if term in terms:
            case = single("trap", "trap", phrase)
            case.keyword, case.why = term, why
            cases.append(case)
    cases += controls(chosen, seed)
    return cases


def single(part, row, text):
    case = Case(part, row)
    case.comments = [Comment(text, case)]
    return case


def case_of(spelling, sentence, term):
    row = spelling.made_by[0] if spelling.way != "combination" else "C%d" % len(spelling.made_by)
    case = Case("evasion", row, term, spelling.way, spelling, sentence)
    if spelling.place == "whole":
        case.comments = [Comment(spelling.text, case)]
    elif spelling.second is None:
        case.comments = [Comment(sentence.replace("{}", spelling.text), case)]
    else:
        before, after = sentence.split("{}")
        case.comments = [Comment(before + spelling.text, case), Comment(spelling.second + after, case, "soon")]
    return case


def controls(chosen, seed):
    """Harmless shapes of T8 and T29: lists whose heads spell nothing, halves by two people or hours apart."""
    rng = random.Random("%s/controls" % seed)
    made = []
    lines = [line for found in transforms.LINES.values() for line in found]
    readings = {make.hiragana(reading) for _, reading, _, _ in chosen}
    while len(made) < 200:
        text = rng.sample(lines, rng.randrange(2, 7))
        heads = "".join(line[0] for line in text)
        if not any(reading in heads for reading in readings):
            made.append(single("control", "list", "\n".join(text)))
    for number in range(200):
        term = rng.choice(chosen)[0]
        at = rng.randrange(1, len(term))
        case = Case("control", "two people" if number % 2 else "hours apart", term)
        case.comments = [Comment("返信ありがとうございます。続きは次の人へ、" + term[:at], case),
                         Comment(term[at:] + "、で始まる言葉を探しています", case, "other" if number % 2 else "late")]
        made.append(case)
    return made


def stream(cases, seed):
    """All comments in order of time, with ids, authors and times that tell nothing of the case."""
    rng = random.Random("%s/stream" % seed)
    order = list(cases)
    rng.shuffle(order)
    comments, clock, known = [], START, []
    for case in order:
        clock += datetime.timedelta(seconds=rng.randrange(5, 90))
        author = "u%08x" % rng.getrandbits(32)
        # Harmless people write twice in ten minutes too.
        if case.part in ("benign", "lawful") and known and rng.random() < 0.3:
            author = known[-1]
        if case.part in ("benign", "lawful"):
            known.append(author)
        for at, comment in enumerate(case.comments):
            comment.author, comment.at = author, clock
            if at and comment.gap == "other":
                comment.author = "u%08x" % rng.getrandbits(32)
                comment.at += datetime.timedelta(seconds=rng.randrange(20, 500))
            elif at and comment.gap == "late":
                comment.at += datetime.timedelta(minutes=rng.randrange(180, 900))
            elif at:
                comment.at += datetime.timedelta(seconds=rng.randrange(10, 570))
            comments.append(comment)
    comments.sort(key=lambda comment: comment.at)
    for number, comment in enumerate(comments):
        comment.id = "c%06d" % number
    return comments


def lines(comments):
    """JSON lines; the line breaks that some languages split at are escaped."""
    text = "".join(json.dumps({"id": c.id, "text": c.text, "author": c.author, "at": c.at.isoformat()}, ensure_ascii=False) + "\n"
                   for c in comments)
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def terms_file(split):
    return "".join("%s\t%s\n" % (term, reading) for term, reading, _, its in make.keywords() if split in ("all", its))


def ask(command, terms, text):
    """({id: action}, [(ids, action)], seconds) of a filter."""
    words = shlex.split(command)
    words = [word.replace("{terms}", terms) for word in words] if "{terms}" in command else words + ["--terms", terms]
    start = time.monotonic()
    done = subprocess.run(words, input=text.encode("utf-8", "surrogatepass"), stdout=subprocess.PIPE)
    seconds = time.monotonic() - start
    if done.returncode:
        sys.exit("the filter ended with %d" % done.returncode)
    actions, together = {}, []
    for number, line in enumerate(done.stdout.decode("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            action = answer["action"]
            ids = answer["ids"] if "ids" in answer else [answer["id"]]
        except (ValueError, KeyError, TypeError):
            sys.exit("line %d of the filter is not {id, action}: %.200s" % (number, line))
        if action not in ("pass", "note", "hold"):
            sys.exit("line %d of the filter: unknown action %r" % (number, action))
        if len(ids) > 1:
            together.append((set(ids), action))
        else:
            rank = ("pass", "note", "hold")
            actions[ids[0]] = max(action, actions.get(ids[0], "pass"), key=rank.index)
    return actions, together, seconds


def wilson(found, asked, z=1.959964):
    """The 95 % interval of a share."""
    if not asked:
        return (0.0, 1.0)
    share, square = found / asked, z * z / asked
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / asked + square / (4 * asked)) / (1 + square)
    return (max(0.0, middle - half), min(1.0, middle + half))


def judge(case, actions, together):
    """"hold", "note" or "pass" for a case: the strongest of its comments, or of the pair."""
    rank = ("pass", "note", "hold")
    ids = {comment.id for comment in case.comments}
    found = [actions.get(comment.id, "pass") for comment in case.comments]
    found += [action for group, action in together if group & ids and len(ids) > 1 and ids <= group]
    return max(found, key=rank.index)


def share(found, asked):
    low, high = wilson(found, asked)
    return {"found": found, "of": asked, "share": round(found / asked, 6) if asked else None, "low": round(low, 6), "high": round(high, 6)}


def measure(cases, actions, together):
    """The report's numbers."""
    verdicts = {id(case): judge(case, actions, together) for case in cases}
    stained = {case.sentence for case in cases if case.part == "sentence" and verdicts[id(case)] == "hold"}
    rows, dropped = collections.OrderedDict(), 0
    for name in ["T0"] + transforms.NAMES + list(transforms.EXTRAS) + ["C2", "C3"]:
        rows[name] = {"found": 0, "noted": 0, "of": 0, "keywords": set(), "ways": collections.Counter(), "missed": collections.Counter()}
    for case in cases:
        if case.part != "evasion":
            continue
        if case.sentence in stained:
            dropped += 1
            continue
        row = rows[case.row]
        row["of"] += 1
        row["keywords"].add(case.keyword)
        verdict = verdicts[id(case)]
        row["found"] += verdict == "hold"
        row["noted"] += verdict == "note"
        row["ways"][case.why] += 1
        row["missed"][case.why] += verdict != "hold"
    recall = {}
    for name, row in rows.items():
        recall[name] = dict(share(row["found"], row["of"]), noted=row["noted"], keywords=len(row["keywords"]),
                            missed={way: "%d of %d" % (row["missed"][way], row["ways"][way]) for way in sorted(row["missed"]) if row["missed"][way]})
    asked = [name for name in transforms.NAMES if recall[name]["of"]]  # none, where a filter holds every sentence by itself
    exact = {name: recall[name]["found"] / recall[name]["of"] for name in asked}
    worst = min(asked, key=lambda name: (exact[name], int(name[1:])), default=None)

    def held(part, test=lambda case: True):
        some = [case for case in cases if case.part == part and test(case)]
        return share(sum(verdicts[id(case)] == "hold" for case in some), len(some))

    def rate(part):
        row = held(part)
        return dict(row, per100k=round(1e5 * row["found"] / max(row["of"], 1), 1))
    whys = sorted({case.why for case in cases if case.part == "trap"})
    kinds = sorted({case.row for case in cases if case.part == "control"})
    answer = {
        "recall": recall, "macro": round(sum(exact.values()) / len(exact), 4) if exact else 0.0,
        "worst": {"transform": worst, "share": round(exact[worst], 4) if worst else 0.0},
        "benign": rate("benign"), "lawful": held("lawful"), "traps": held("trap"),
        "traps_spelling": held("trap", lambda case: case.why != "meaning"), "traps_meaning": held("trap", lambda case: case.why == "meaning"),
        "traps_by_why": {why: held("trap", lambda case: case.why == why) for why in whys},
        "controls": {kind: held("control", lambda case: case.row == kind) for kind in kinds},
        "sentences_held": share(len(stained), sum(case.part == "sentence" for case in cases)), "dropped_for_sentence": dropped,
        "comparable": dropped <= 0.1 * sum(case.part == "evasion" for case in cases),
        "unanswered": sum(comment.id not in actions and not any(comment.id in ids for ids, _ in together) for case in cases for comment in case.comments),
    }
    if any(case.part == "own" for case in cases):
        answer["own_benign"] = rate("own")
    return answer


def held_cases(cases, actions, together, parts):
    """What was wrongly held, for those who want to look."""
    return [{"part": case.part, "keyword": case.keyword, "why": case.why, "text": case.comments[0].text}
            for case in cases if case.part in parts and judge(case, actions, together) == "hold"]


def percent(row):
    return "     –" if row["share"] is None else "%5.1f%%" % (100 * row["share"])


def show(report):
    """The report for people."""
    result = report["result"]
    title = {name: function.__doc__.split("\n")[0] for name, function in {**transforms.GENERATORS, **transforms.EXTRAS}.items()}
    title.update({"T0": "The keyword as it stands.", "C2": "Two transforms on one another.", "C3": "Three transforms on one another."})
    out = ["", "%-4s %6s  %-14s %6s %6s  %s" % ("", "recall", "95 %", "cases", "noted", "")]
    for name, row in result["recall"].items():
        out.append("%-4s %s  %5.1f – %5.1f  %6d %6d  %s" % (name, percent(row), 100 * row["low"], 100 * row["high"], row["of"], row["noted"], title.get(name, "")))
    out += ["", "macro average T1–T30  %.1f%%, worst %s %.1f%%" % (100 * result["macro"], result["worst"]["transform"], 100 * result["worst"]["share"])]
    benign = result["benign"]
    out.append("held of harmless      %d of %d = %.0f per 100,000 (95 %%: %.0f – %.0f)" % (
        benign["found"], benign["of"], benign["per100k"], 1e5 * benign["low"], 1e5 * benign["high"]))
    if "own_benign" in result:
        own = result["own_benign"]
        out.append("held of your own      %d of %d = %.0f per 100,000 (95 %%: %.0f – %.0f)" % (
            own["found"], own["of"], own["per100k"], 1e5 * own["low"], 1e5 * own["high"]))
    for name, label in (("lawful", "held of lawful"), ("traps", "held of traps"), ("traps_spelling", "  of spelling"), ("traps_meaning", "  of meaning")):
        row = result[name]
        out.append("%-21s %d of %d = %.1f%% (95 %%: %.1f – %.1f)" % (label, row["found"], row["of"], 100 * row["share"], 100 * row["low"], 100 * row["high"]))
    out.append("  by why              " + ", ".join("%s %.0f%%" % (why, 100 * row["share"]) for why, row in result["traps_by_why"].items()))
    out.append("held of controls      " + ", ".join("%s %.0f%%" % (kind, 100 * row["share"]) for kind, row in result["controls"].items()))
    if result["sentences_held"]["found"]:
        out.append("sentences held alone  %d; their %d cases are left out" % (result["sentences_held"]["found"], result["dropped_for_sentence"]))
    if not result["comparable"]:
        out.append("NOT COMPARABLE: it holds so many sentences without their keyword that the recall means nothing")
    if result["unanswered"]:
        out.append("NO ANSWER for %d comments, counted as pass" % result["unanswered"])
    out.append("%d comments in %.1f s (%.0f a second, start included); stream %s" % (
        report["comments"], report["seconds"], report["comments"] / max(report["seconds"], 1e-9), report["stream"][:16]))
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filter", help="the command; --terms FILE is put behind it, or FILE in the place of {terms}")
    parser.add_argument("--split", choices=("tuning", "heldout", "all"), default="tuning", help="which keywords (default: tuning)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other spellings, sentences and combinations")
    parser.add_argument("--per", type=int, default=PER, help="spellings of one keyword by one transform (default: %(default)s)")
    parser.add_argument("--benign", action="append", default=[], metavar="FILE", help="harmless comments of your own, one a line; counted apart")
    parser.add_argument("--out", help="the report as JSON")
    parser.add_argument("--show-held", action="store_true", help="put the harmless comments, lawful reviews and traps that were held in the report")
    parser.add_argument("--dump", metavar="FOLDER", help="write comments.jsonl, terms.tsv and key.tsv there and ask no filter")
    given = parser.parse_args()
    cases = plan(given.split, given.seed, given.per)
    for name in given.benign:
        with open(name, encoding="utf-8") as file:
            cases += [single("own", "own", line.rstrip("\n").replace("\\n", "\n")) for line in file if line.strip()]
    comments = stream(cases, given.seed)
    text = lines(comments)
    if given.dump:
        os.makedirs(given.dump, exist_ok=True)
        key = "".join("%s\t%s\t%s\t%s\n" % (c.id, c.case.row, c.case.keyword, c.case.why) for c in comments)
        for name, content in (("comments.jsonl", text), ("terms.tsv", terms_file(given.split)), ("key.tsv", key)):
            with open(os.path.join(given.dump, name), "w", encoding="utf-8") as file:
                file.write(content)
        return
    if not given.filter:
        parser.error("--filter or --dump is needed")
    with tempfile.TemporaryDirectory() as folder:
        terms = os.path.join(folder, "terms.tsv")
        with open(terms, "w", encoding="utf-8") as file:
            file.write(terms_file(given.split))
        actions, together, seconds = ask(given.filter, terms, text)
    report = {"benchmark": VERSION, "filter": given.filter, "split": given.split, "seed": given.seed, "per": given.per, "comments": len(comments),
              "stream": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "seconds": round(seconds, 2),
              "result": measure(cases, actions, together)}
    if given.show_held:
        report["held"] = held_cases(cases, actions, together, ("benign", "lawful", "trap", "control", "own"))
    print(show(report))
    if given.out:
        with open(given.out, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
