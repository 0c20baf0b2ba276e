"""python3 -m unittest test_benchmark   (in this folder; standard library only, about half a minute)"""
import collections
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

import kana
import make
import run
import split
import tables
import transforms

KEYWORDS = make.keywords()
SEEDS = (1, 2, 3)
# The stream of seed 1 as it was published. It changes only with the version of the benchmark.
STREAMS = {
    "tuning": "05ee231025a15176f8e0ef3a690fc589d55744b0ae8b01b6e737bd366cc9d48b",
    "heldout": "5ca426481cd5da9a8ad01ecc35c1ff481481dc0adcee1cd1eda867ce5dba22ab",
}


def lines(name):
    return make.read(name).split("\n")[:-1]


def letters(text):
    """Folded, letters and digits only: what a filter sees that skips every sign."""
    return "".join(c for c in make.fold(text) if unicodedata.category(c)[0] in "LN" or c == "ー")


def every(name):
    """{term: spellings} of a transform over the seeds."""
    found = collections.defaultdict(list)
    for term, reading, _, _ in KEYWORDS:
        for seed in SEEDS:
            found[term] += transforms.generate(name, term, reading, seed) or []
    return {term: made for term, made in found.items() if made}


def answers(cases, hold):
    """What a filter would say that holds the comments that `hold` chooses."""
    return {comment.id: "hold" if hold(comment) else "pass" for case in cases for comment in case.comments}


class Keywords(unittest.TestCase):
    def test_the_split_follows_from_the_hash(self):
        sides = split.split([(term, kind) for term, _, kind, _ in KEYWORDS])
        self.assertEqual(sides, {term: side for term, _, _, side in KEYWORDS})
        share = sum(side == "tuning" for side in sides.values()) / len(sides)
        self.assertAlmostEqual(share, 0.6, delta=0.01)

    def test_each_is_there_once_with_a_reading_in_katakana(self):
        self.assertEqual(len({row[0] for row in KEYWORDS}), len(KEYWORDS))
        self.assertGreaterEqual(len(KEYWORDS), 120)
        for term, reading, kind, _ in KEYWORDS:
            self.assertRegex(reading, "^[ァ-ヶー]{2,}$")
            self.assertIn(kind, ("noun", "verb-order", "adjective", "phrase"))
            self.assertEqual("".join(part for part, _ in kana.segments(term, reading)), term)


class Texts(unittest.TestCase):
    def test_they_are_what_the_sources_give(self):
        for name, text in make.files().items():
            self.assertEqual(make.read(name), text, name + ": run make.py")

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(run.carriers()), 400)
        self.assertGreaterEqual(len(lines("benign.txt")), 3000)
        self.assertGreaterEqual(len(lines("lawful.txt")), 1000)
        self.assertGreaterEqual(len(lines("traps.tsv")) - 1, 1000)

    def test_no_sentence_appears_twice(self):
        carriers = [text for _, _, text in run.carriers()]
        self.assertEqual(len(set(carriers)), len(carriers))
        plain = lines("benign.txt") + lines("lawful.txt")
        self.assertEqual([text for text, count in collections.Counter(plain).items() if count > 1], [])
        traps = [tuple(line.split("\t")[:2]) for line in lines("traps.tsv")]
        self.assertEqual(len(set(traps)), len(traps))
        acrostic = [line for found in transforms.LINES.values() for line in found]
        self.assertEqual(len(set(acrostic)), len(acrostic))

    def test_a_sentence_holds_no_keyword_by_itself(self):
        for kinds, place, text in run.carriers():
            self.assertIn("{}", text)
            self.assertIn(place, ("slot", "end", "threat", "hint"))
            self.assertLessEqual(set(kinds), {row[2] for row in KEYWORDS})
            for part in text.split("{}"):
                for term, reading, _, _ in KEYWORDS:
                    self.assertFalse(letters(term) in letters(part) or letters(reading) in letters(part), (term, text))

    def test_every_kind_has_sentences_in_every_place(self):
        for kind in {row[2] for row in KEYWORDS}:
            for place in ("slot", "threat", "hint"):
                self.assertGreaterEqual(len(run.fitting(run.carriers(), kind, place)), 10, (kind, place))

    def test_harmless_texts_hold_a_keyword_only_inside_a_listed_trap(self):
        plain = lambda text: unicodedata.normalize("NFKC", text).casefold()
        hosts = collections.defaultdict(set)
        for line in lines("traps.tsv")[1:]:
            _, term, _, host = line.split("\t")
            hosts[term].add(plain(host))
        for name in ("benign.txt", "lawful.txt"):
            for line in map(plain, lines(name)):
                for term, _, _, _ in KEYWORDS:
                    for hit in re.finditer("(?=%s)" % re.escape(plain(term)), line):
                        at, end = hit.start(), hit.start() + len(plain(term))
                        covered = any(place.start() <= at and end <= place.start() + len(host)
                                      for host in hosts[term] for place in re.finditer("(?=%s)" % re.escape(host), line))
                        self.assertTrue(covered, (name, term, line))

    def test_a_trap_holds_its_folded_keyword(self):
        readings = {term: reading for term, reading, _, _ in KEYWORDS}
        for line in lines("traps.tsv")[1:]:
            phrase, term, why, host = line.split("\t")
            self.assertIn(why, ("word", "seam", "sense", "shape", "sign", "latin", "ending", "meaning", "joint"))
            if why in ("word", "seam", "meaning", "joint"):
                self.assertTrue(letters(term) in letters(phrase) or letters(readings[term]) in letters(phrase), line)


class Transforms(unittest.TestCase):
    def test_there_are_thirty(self):
        self.assertEqual(transforms.NAMES, ["T%d" % number for number in range(1, 31)])

    def test_each_yields_for_twenty_keywords_and_says_where_not(self):
        for name in transforms.NAMES:
            self.assertGreaterEqual(len(every(name)), 20, name)
            self.assertTrue(transforms.WHY_NOT[name] and transforms.GENERATORS[name].__doc__, name)

    def test_each_has_several_ways_or_many_spellings(self):
        for name in transforms.NAMES:
            made = [spelling for found in every(name).values() for spelling in found]
            self.assertGreaterEqual(len({spelling.text for spelling in made}), 50, name)

    def test_a_spelling_says_what_made_it_and_hides_the_keyword(self):
        for name in transforms.NAMES + list(transforms.EXTRAS) + ["C"]:
            for term, found in every(name).items():
                for spelling in found:
                    self.assertTrue(spelling.text, (name, term))
                    if name == "C":
                        self.assertIn(len(spelling.made_by), (2, 3))
                        self.assertEqual(len(set(spelling.made_by)), len(spelling.made_by))
                    else:
                        self.assertEqual(spelling.made_by, (name,))
                    if name != "T24":
                        self.assertNotIn(term, spelling.text, name)

    def test_what_is_put_in_can_be_taken_out(self):
        for name, gone in (("T9", tables.INVISIBLE), ("T27", tables.BLANKS)):
            for term, found in every(name).items():
                for spelling in found:
                    if spelling.way in ("invisible", "blank"):
                        self.assertEqual("".join(c for c in spelling.text if c not in gone), term)

    def test_one_letter_is_masked(self):
        for term, found in every("T12").items():
            for spelling in found:
                self.assertEqual(sum(c in tables.MASKS for c in spelling.text), 1, spelling)

    def test_two_comments_make_the_word(self):
        for term, found in every("T29").items():
            reading = next(row[1] for row in KEYWORDS if row[0] == term)
            for spelling in found:
                self.assertIn(spelling.text + spelling.second, (term, kana.hiragana(reading)))

    def test_line_heads_spell_the_reading(self):
        for term, found in every("T8").items():
            for spelling in found:
                if spelling.place == "whole":
                    reading = next(row[1] for row in KEYWORDS if row[0] == term)
                    self.assertEqual(len(spelling.text.split("\n")), len(reading))

    def test_two_letters_are_reversed_only_with_a_hint(self):
        for found in every("T23").values():
            for spelling in found:
                self.assertTrue(len(spelling.text) > 2 or spelling.place == "hint", spelling)

    def test_the_same_seed_gives_the_same(self):
        for name in transforms.NAMES + ["C"]:
            for term, reading, _, _ in KEYWORDS[::9]:
                self.assertEqual(transforms.generate(name, term, reading, 5), transforms.generate(name, term, reading, 5))
        self.assertNotEqual(every("C"), {})
        self.assertNotEqual(transforms.generate("C", "バカ", "バカ", 5), transforms.generate("C", "バカ", "バカ", 6))

    def test_readings_become_letters(self):
        self.assertEqual(kana.romaji("シャベル"), "shaberu")
        self.assertEqual(kana.romaji("シネ", kana.KUNREI), "sine")
        self.assertEqual(kana.romaji("ボッタクリ"), "bottakuri")
        self.assertEqual(kana.romaji("ドロボウ", long="drop"), "dorobo")
        self.assertEqual(kana.half_width("バカ"), "ﾊﾞｶ")
        self.assertEqual(kana.segments("死ね", "シネ"), [("死", "シ"), ("ね", "ネ")])


class Runs(unittest.TestCase):
    def setUp(self):
        self.cases = run.plan("heldout", 1)
        self.comments = run.stream(self.cases, 1)

    def measured(self, hold, together=()):
        return run.measure(self.cases, answers(self.cases, hold), list(together))

    def test_the_stream_is_the_published_one(self):
        for side, digest in STREAMS.items():
            text = run.lines(run.stream(run.plan(side, 1), 1))
            self.assertEqual(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), digest, side)

    def test_another_seed_is_another_stream_of_the_same_size(self):
        other = run.lines(run.stream(run.plan("heldout", 2), 2))
        self.assertNotEqual(other, run.lines(self.comments))

    def test_time_goes_on_and_ids_say_nothing(self):
        self.assertEqual([c.at for c in self.comments], sorted(c.at for c in self.comments))
        self.assertEqual([c.id for c in self.comments], ["c%06d" % number for number in range(len(self.comments))])
        for line in run.lines(self.comments).split("\n")[:50]:
            self.assertEqual(set(json.loads(line)), {"id", "text", "author", "at"})

    def test_pairs_are_by_one_author_within_ten_minutes_and_controls_are_not(self):
        for case in self.cases:
            if case.row == "T29":
                first, second = case.comments
                self.assertEqual(first.author, second.author)
                self.assertTrue(first.at < second.at <= first.at + run.LIMIT)
            elif case.row in ("two people", "hours apart"):
                first, second = case.comments
                self.assertTrue(first.author != second.author or second.at > first.at + run.LIMIT)

    def test_a_filter_that_knows_all_finds_all(self):
        result = self.measured(lambda comment: comment.case.part == "evasion")
        self.assertEqual(result["macro"], 1)
        self.assertEqual([result[part]["found"] for part in ("benign", "lawful", "traps")], [0, 0, 0])
        self.assertTrue(result["comparable"])

    def test_a_filter_that_holds_nothing_finds_nothing(self):
        result = self.measured(lambda comment: False)
        self.assertEqual((result["macro"], result["benign"]["found"]), (0, 0))

    def test_a_filter_that_holds_all_cannot_be_compared(self):
        result = self.measured(lambda comment: True)
        self.assertFalse(result["comparable"])
        self.assertEqual(result["benign"]["share"], 1)

    def test_a_pair_counts_by_either_comment_or_both_together(self):
        pair = [case for case in self.cases if case.row == "T29"][0]
        last = pair.comments[1]
        self.assertEqual(run.judge(pair, {last.id: "hold"}, []), "hold")
        self.assertEqual(run.judge(pair, {}, [({comment.id for comment in pair.comments}, "hold")]), "hold")
        self.assertEqual(run.judge(pair, {}, [({last.id, "c999999"}, "hold")]), "pass")
        self.assertEqual(run.judge(pair, {last.id: "note"}, []), "note")

    def test_intervals_are_wilsons(self):
        low, high = run.wilson(8, 10)
        self.assertAlmostEqual(low, 0.4902, places=4)
        self.assertAlmostEqual(high, 0.9433, places=4)
        self.assertEqual(run.wilson(0, 0), (0.0, 1.0))

    def test_a_command_is_asked_and_reported(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "report.json")
            command = [sys.executable, "run.py", "--filter", "%s peers/substring.py" % sys.executable, "--per", "1", "--out", out]
            first = subprocess.run(command, cwd=run.HERE, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
            self.assertIn("macro average", first)
            with open(out, encoding="utf-8") as file:
                report = json.load(file)
            self.assertEqual(report["result"]["recall"]["T0"]["share"], 1)
            self.assertEqual(report["result"]["unanswered"], 0)
            self.assertEqual(report["split"], "tuning")

    def test_a_wrong_answer_stops_the_run(self):
        for answer in ("print('{\"id\": \"c000000\", \"action\": \"burn\"}')", "print('hello')", "raise SystemExit(3)"):
            done = subprocess.run([sys.executable, "run.py", "--per", "1", "--filter", "%s -c \"%s\"" % (sys.executable, answer.replace('"', '\\"'))],
                                  cwd=run.HERE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self.assertNotEqual(done.returncode, 0)


class Readme(unittest.TestCase):
    def test_it_tells_of_every_transform_and_the_true_counts(self):
        text = make.read("README.md")
        for name in transforms.NAMES + list(transforms.EXTRAS):
            self.assertIn("| %s |" % name, text)
        for count in (len(KEYWORDS), len(run.carriers()), len(lines("benign.txt")), len(lines("lawful.txt")), len(lines("traps.tsv")) - 1):
            self.assertIn("{:,}".format(count), text)

    def test_the_folder_stays_small(self):
        size = 0
        for folder, inner, names in os.walk(make.HERE):
            inner[:] = [name for name in inner if name not in (".venv", "__pycache__")]
            size += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
        self.assertLess(size, 2_000_000)


if __name__ == "__main__":
    unittest.main()
