"""The transforms T1 to T30: how people write a word so that a filter does not see it.

Each is a function `(keyword, reading, rng) -> [Spelling, ...] or None`; None where it does not apply. The keyword is as in
keywords.tsv, the reading in katakana, rng a random.Random. No spelling still holds the keyword letter by letter, except T24,
whose point is the ending. `combinations` lays two or three on one another. To add a transform, see README.md.
"""
import os
import random
import unicodedata
from typing import NamedTuple

import kana
import tables
from kana import hiragana, is_kana, is_kanji, katakana, morae, romaji


class Spelling(NamedTuple):
    """One way to write a keyword."""
    text: str
    made_by: tuple      # ("T7",), ("T2", "T9")
    way: str            # which of the ways inside the transform
    place: str = "slot"  # where it may stand: slot, end (a finished clause), threat (needs its context), hint (says "read backwards"),
    #                      whole (is a comment by itself)
    second: str = None  # T29: what the same author writes in the next comment


GENERATORS = {}  # T1 to T30, which the macro average is of
EXTRAS = {}      # X14, X15, X23: beyond what a filter is asked for by default; reported apart
WHY_NOT = {}


def transform(name, why_not):
    """Registers a generator and says for which keywords it yields None."""
    def register(function):
        def generate(keyword, reading, rng):
            found, seen = [], set()
            for spelling in function(keyword, reading, rng) or []:
                made = spelling if isinstance(spelling, Spelling) else Spelling(spelling[1], (name,), spelling[0])
                key = (made.text, made.second)
                if key in seen or made.text == keyword or (name != "T24" and keyword in made.text):
                    continue
                seen.add(key)
                found.append(made)
            return found or None
        generate.__name__, generate.__doc__ = name, function.__doc__
        (EXTRAS if name.startswith("X") else GENERATORS)[name] = generate
        WHY_NOT[name] = why_not
        return generate
    return register


# Helpers ---------------------------------------------------------------------------------------------------------------

def positions(text, test, rng, some=True):
    """The places that pass the test: all of them, or (by chance) one or a few."""
    found = [at for at, c in enumerate(text) if test(c)]
    if some and len(found) > 1 and rng.random() < 0.6:
        found = sorted(rng.sample(found, rng.randrange(1, len(found))))
    return found


def replace_at(text, table, rng, some=True):
    """Letters replaced by alternatives from a table {letter: [alternatives]}; None if none is in it."""
    places = positions(text, lambda c: table.get(c), rng, some)
    if not places:
        return None
    return "".join(rng.choice(table[c]) if at in places else c for at, c in enumerate(text))


def insert(text, pieces, rng, every=None):
    """Pieces (a function that draws one) between letters: in every gap or in one."""
    gaps = list(range(1, len(text)))
    if not gaps:
        return None
    if not (rng.random() < 0.5 if every is None else every):
        gaps = [rng.choice(gaps)]
    return "".join((pieces() if at in gaps else "") + c for at, c in enumerate(text))


def times(rng, count, draw):
    """`count` draws, without the failures."""
    return [made for made in (draw() for _ in range(count)) if made]


def latin(reading):
    """Romanisations of a reading with at least four letters, most usual first."""
    forms = [romaji(reading, table, long) for table in (kana.HEPBURN, kana.KUNREI) for long in ("double", "drop")]
    return [form for form in dict.fromkeys(forms) if len(form) >= 4]


def swapped(c):
    """The same kana in the other script."""
    return katakana(c) if "ぁ" <= c <= "ゖ" else hiragana(c)


# T1-T6: width, script, reading --------------------------------------------------------------------------------------------

@transform("T1", "applies to all: kana get half width, readings too, romaji of four letters get full width")
def t1(keyword, reading, rng):
    """Half-width kana, full-width Latin."""
    made = [("half-width", kana.half_width(keyword)), ("half-width reading", kana.half_width(reading))]
    places = positions(katakana(keyword), is_kana, rng)
    made.append(("one half-width", "".join(kana.half_width(c) if at in places else c for at, c in enumerate(keyword))))
    for form in latin(reading):
        made += [("full-width romaji", kana.full_width(f)) for f in (form, form.upper(), form.capitalize())]
    return made


@transform("T2", "keywords without kana have no script to swap")
def t2(keyword, reading, rng):
    """Katakana and hiragana swapped."""
    if not any(is_kana(c) for c in keyword):
        return None
    return [("all swapped", "".join(map(swapped, keyword))), ("katakana", katakana(keyword)), ("hiragana", hiragana(keyword))]


@transform("T3", "applies to all: kanji are mixed with their reading")
def t3(keyword, reading, rng):
    """Scripts mixed inside one word."""
    def mix(text):
        scripts = [rng.choice("hkw") for _ in text]
        if len(set(scripts)) == 1:
            scripts[rng.randrange(len(scripts))] = "k" if scripts[0] == "h" else "h"
        return "".join({"h": hiragana, "k": katakana, "w": kana.half_width}[s](c) for s, c in zip(scripts, text))
    made = times(rng, 5, lambda: ("mixed kana", mix(katakana(reading))))
    parts = kana.segments(keyword, reading)
    if any(is_kanji(part[0]) for part, _ in parts):
        def half():
            return "".join((part if rng.random() < 0.5 else mix(its) if len(its) > 1 else rng.choice((hiragana, katakana))(its))
                           for part, its in parts)
        made += times(rng, 4, lambda: ("kanji and kana", half()))
        kept = reading_of_one(keyword, reading, rng)
        made += [("one kanji read out", kept)] if kept else []
    return [(way, text) for way, text in made if len({script(c) for c in text}) > 1]


def script(c):
    return "h" if "ぁ" <= c <= "ゖ" else "k" if "ァ" <= c <= "ー" else "w" if "ｦ" <= c <= "ﾟ" else "j" if is_kanji(c) else "l"


def reading_of_one(keyword, reading, rng):
    parts = kana.segments(keyword, reading)
    places = [at for at, (part, _) in enumerate(parts) if is_kanji(part[0])]
    if not places:
        return None
    chosen = rng.choice(places)
    turn = rng.choice((hiragana, katakana))
    return "".join(turn(its) if at == chosen else part for at, (part, its) in enumerate(parts))


_SMALL = dict(zip("あいうえおつやゆよわかけアイウエオツヤユヨワカケ", "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"))
_SMALL.update(dict(zip("クシストヌハヒフヘホムラリルレロ", "ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ")))
_LARGE = {small: large for large, small in _SMALL.items() if small in kana.SMALL}


def _t4(text, rng):
    made = times(rng, 3, lambda: replace_at(text, {c: [s] for c, s in _SMALL.items()}, rng))
    made += times(rng, 1, lambda: replace_at(text, {c: [s] for c, s in _LARGE.items()}, rng, some=False))
    made += times(rng, 1, lambda: replace_at(katakana(text), {c: [s] for c, s in _SMALL.items()}, rng))
    return [("small or large", one) for one in made]


@transform("T4", "no kana of the keyword has a small or large partner")
def t4(keyword, reading, rng):
    """Small kana for large, large for small, a small vowel behind a kana."""
    made = _t4(keyword, rng)
    vowels = dict(zip("アイウエオ", "ぁぃぅぇぉ"))
    places = [at for at, c in enumerate(keyword) if katakana(c) in kana.VOWEL_OF]
    for at in places[:-1]:
        small = vowels[kana.VOWEL_OF[katakana(keyword[at])]]
        made.append(("small vowel inside", keyword[:at + 1] + (katakana(small) if "ァ" <= keyword[at] <= "ヶ" else small) + keyword[at + 1:]))
    if places and places[-1] == len(keyword) - 1 and len(keyword) > 1:
        turned = "".join(swapped(c) if is_kana(c) and rng.random() < 0.7 else c for c in keyword)
        made.append(("small vowel behind", turned + vowels[kana.VOWEL_OF[katakana(keyword[-1])]] * rng.randrange(1, 4)))
    return made


@transform("T5", "applies to all: a kanji is read out, or every mora has a kanji of that sound")
def t5(keyword, reading, rng):
    """Kanji to reading; reading to other kanji."""
    made = [("other writing", text) for text in tables.KANJI.get(keyword, [])]
    if any(is_kanji(c) for c in keyword):
        made += [("hiragana", hiragana(reading)), ("katakana", katakana(reading))]
        made += times(rng, 2, lambda: ("one kanji read out", reading_of_one(keyword, reading, rng)))
    parts = morae(reading)
    if len(parts) <= 5 and all(part in tables.ATEJI for part in parts):
        made += times(rng, 3, lambda: ("sound by sound", "".join(rng.choice(tables.ATEJI[part]) for part in parts)))
    elif len(parts) >= 3:
        can = [at for at, part in enumerate(parts) if part in tables.ATEJI]
        def some():
            chosen = rng.sample(can, min(len(can), rng.randrange(1, 3)))
            return "".join(rng.choice(tables.ATEJI[part]) if at in chosen else hiragana(part) for at, part in enumerate(parts))
        made += times(rng, 2, lambda: ("some by sound", some())) if can else []
    return made


@transform("T6", "readings under four Latin letters (アホ) are too near to English words")
def t6(keyword, reading, rng):
    """Romaji: Hepburn and Kunrei, capitals, spaced by syllable, mixed with kana."""
    made = []
    for form in latin(reading):
        made += [("romaji", form), ("capitals", form.upper()), ("capital", form.capitalize()),
                 ("by turns", "".join(c.upper() if at % 2 else c for at, c in enumerate(form)))]
    if not made:
        return None
    parts = [romaji(part) for part in morae(reading)]
    if len(parts) > 2 and all(parts):
        made.append(("by syllable", "-".join(parts)))
    pieces = kana.segments(keyword, reading)
    if len(pieces) > 1:
        chosen = rng.randrange(len(pieces))
        made.append(("one part", "".join(romaji(its) if at == chosen else part for at, (part, its) in enumerate(pieces))))
    return made


# T7-T11: put in, doubled, drawn out --------------------------------------------------------------------------------------

def _t7(text, rng):
    made = []
    for count in (1, 1, 1, 2, 3):
        sign = rng.choice(tables.SEPARATORS)
        made.append(("one sign", insert(text, lambda: sign * (count if len(sign) == 1 else 1), rng)))
    for _ in range(3):
        made.append(("many signs", insert(text, lambda: "".join(rng.choice(tables.SEPARATORS[:70]) for _ in range(rng.randrange(1, 4))), rng)))
    made.append(("space", insert(text, lambda: " ", rng, every=True)))
    bracket = rng.choice(tables.BRACKETS)
    made.append(("brackets", "".join(bracket[0] + c + bracket[-1] for c in text)))
    return [(way, one) for way, one in made if one]


@transform("T7", "applies to all")
def t7(keyword, reading, rng):
    """One to three symbols or spaces between letters."""
    return _t7(keyword, rng) + (_t7(hiragana(reading), rng)[:2] if any(map(is_kanji, keyword)) else [])


LINES = {}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "acrostic.txt"), encoding="utf-8") as _file:
    for _row in _file:
        _head, _line = _row.rstrip("\n").split("\t")
        LINES.setdefault(_head, []).append(_line)


def acrostic(reading, rng):
    """Harmless lines whose first kana read downwards spell the reading (縦読み)."""
    used, lines = set(), []
    heads = [hiragana(kana.VOWEL_OF.get(reading[at - 1], "ア")) if c == "ー" else hiragana(_LARGE.get(c, c)) for at, c in enumerate(reading)]
    for head in heads:
        fresh = [line for line in LINES.get(head, []) if line not in used]
        if not fresh:
            return None
        lines.append(rng.choice(fresh))
        used.add(lines[-1])
    return "\n".join(lines)


@transform("T8", "vertical reading needs at least three kana; line breaks apply to all")
def t8(keyword, reading, rng):
    """Line breaks between letters; vertical reading."""
    made = []
    for _ in range(4):
        sign = rng.choice(tables.BREAKS)
        made.append(("line break", insert(keyword, lambda: sign, rng)))
    if any(map(is_kanji, keyword)):
        made.append(("line break, reading", insert(hiragana(reading), lambda: "\n", rng, every=True)))
    if 3 <= len(reading) <= 9:
        for _ in range(3):
            text = acrostic(reading, rng)
            if text:
                made.append(Spelling(text, ("T8",), "vertical reading", "whole"))
    return made


def _t9(text, rng):
    made = times(rng, 7, lambda: insert(text, lambda: "".join(rng.choice(tables.INVISIBLE) for _ in range(rng.choice((1, 1, 1, 2, 3)))), rng))
    return [("invisible", one) for one in made]


@transform("T9", "applies to all")
def t9(keyword, reading, rng):
    """Code points that draw nothing; a bidi override around the reversed word."""
    return _t9(keyword, rng) + [("bidi override", "\u202e" + keyword[::-1] + "\u202c"), ("isolates", "\u2067" + "\u2069\u2067".join(keyword) + "\u2069")]


def _t10(text, rng):
    made = []
    for _ in range(4):
        places = positions(text, lambda c: True, rng)
        count = rng.randrange(2, 5)
        made.append(("repeated", "".join(c * count if at in places else c for at, c in enumerate(text))))
    places = [at for at, c in enumerate(text[:-1]) if is_kanji(c)]
    if places:
        at = rng.choice(places)
        made.append(("iteration mark", text[:at + 1] + "々" + text[at + 1:]))
    return made


@transform("T10", "a two-letter word still stands in itself, however its letters are repeated (ババカカ)")
def t10(keyword, reading, rng):
    """Letters repeated."""
    made = _t10(keyword, rng)
    return made + (_t10(hiragana(reading), rng) if any(map(is_kanji, keyword)) and len(reading) > 2 else [])


def _t11(text, rng):
    def draw():
        sign = rng.choice(tables.LONG) * rng.choice((1, 1, 2, 3))
        return insert(text, lambda: sign, rng)
    made = [("long mark", one) for one in times(rng, 5, draw)]
    base = katakana(text)
    gaps = [at for at in range(1, len(text)) if base[at][0] in "カキクケコサシスセソタチツテトガギグゲゴザジズゼゾダヂデドバビブベボパピプペポハヒヘホマミムメモ"
            and is_kana(base[at - 1]) and base[at - 1] not in "ッンー"]
    if gaps:
        at = rng.choice(gaps)
        made.append(("small tsu", text[:at] + ("ッ" if "ァ" <= text[at - 1] <= "ヶ" else "っ") + text[at:]))
    return made


@transform("T11", "applies to all")
def t11(keyword, reading, rng):
    """Drawn out with long marks, dashes, waves or っ."""
    made = _t11(keyword, rng) + (_t11(hiragana(reading), rng)[:3] if any(map(is_kanji, keyword)) else [])
    places = [at for at, c in enumerate(keyword[:-1]) if katakana(c) in kana.VOWEL_OF]
    if places:
        at = rng.choice(places)
        vowel = kana.VOWEL_OF[katakana(keyword[at])]
        made.append(("vowel", keyword[:at + 1] + (vowel if "ァ" <= keyword[at] <= "ヶ" else hiragana(vowel)) * rng.randrange(1, 4) + keyword[at + 1:]))
    return made


# T12-T15: masked, taken apart, look-alikes ---------------------------------------------------------------------------------

def _t12(text, rng):
    if len(text) < 2:
        return []
    made = []
    for _ in range(7):
        at = rng.randrange(len(text)) if len(text) > 2 else 1 if rng.random() < 0.6 else 0
        made.append(("one masked", text[:at] + rng.choice(tables.MASKS) + text[at + 1:]))
    return made


@transform("T12", "applies to all (every keyword has two letters or more)")
def t12(keyword, reading, rng):
    """One letter masked (伏せ字)."""
    return _t12(keyword, rng) + (_t12(hiragana(reading), rng)[:2] if any(map(is_kanji, keyword)) and len(reading) > 2 else [])


@transform("T13", "words over three letters: nobody could read them")
def t13(keyword, reading, rng):
    """All letters but one masked, beside words of threat. Of three letters the first or a kanji stays."""
    if len(keyword) > 3:
        return None
    made = []
    for at, c in enumerate(keyword):
        if len(keyword) == 2 or at == 0 or is_kanji(c):
            for sign in rng.sample(tables.MASKS[:12], 2):
                text = "".join(c if place == at else sign for place in range(len(keyword)))
                made.append(Spelling(text, ("T13",), "all but one masked", "threat"))
    return made


def _t14(text, rng):
    made = []
    for _ in range(5):
        dakuten, handakuten = rng.choice(tables.DAKUTEN), rng.choice(tables.HANDAKUTEN)
        def apart(c):
            parts = unicodedata.normalize("NFD", c) if is_kana(c) else c
            return parts[0] + {"\u3099": dakuten, "\u309a": handakuten}[parts[1]] if len(parts) > 1 else c
        made.append("".join(apart(c) for c in text))
    return [("apart", one) for one in made if one != text]


@transform("T14", "no letter, and none of the reading, has a dakuten or handakuten")
def t14(keyword, reading, rng):
    """Dakuten and handakuten apart from their kana."""
    made = _t14(keyword, rng)
    if any(map(is_kanji, keyword)):
        made += [("apart, reading", text) for _, text in _t14(hiragana(reading), rng)[:3]]
    return made


def _t15(text, rng):
    return [("look-alike", one) for one in times(rng, 6, lambda: replace_at(text, tables.LOOKALIKE, rng))]


@transform("T15", "no letter of the keyword, or of its katakana, has a look-alike in the table")
def t15(keyword, reading, rng):
    """Kana and kanji that look alike."""
    made = _t15(keyword, rng)
    if any("ぁ" <= c <= "ゖ" for c in keyword):
        made += _t15(katakana(keyword), rng)[:3]
    elif any(map(is_kanji, keyword)):
        made += _t15(katakana(reading), rng)[:2]
    return made


# T16-T19: other kanji ------------------------------------------------------------------------------------------------------

@transform("T16", "neither the keyword nor its usual kanji writing has a kanji that comes apart into letters")
def t16(keyword, reading, rng):
    """Kanji taken apart (タヒ, 口虚)."""
    made = times(rng, 6, lambda: ("apart", replace_at(keyword, tables.PARTS, rng)))
    for text in tables.KANJI.get(keyword, []):
        made += [("apart, kanji writing", replace_at(text, tables.PARTS, rng))]
    return [(way, text) for way, text in made if text]


@transform("T17", "no homophone was written for the keyword (by word)")
def t17(keyword, reading, rng):
    """Net homophones (氏ね, 頃す, 鷺)."""
    return [("homophone", text) for text in tables.NET.get(keyword, [])]


@transform("T18", "no mora of the reading has a digit")
def t18(keyword, reading, rng):
    """Digits for morae (4ね, 56す)."""
    def write(parts, turn):
        """Some of the parts (written form, reading) that have digits take them; one letter at least stays."""
        can = [at for at, (_, its) in enumerate(parts) if its in tables.DIGITS]
        if len(can) == len(parts):
            can.remove(rng.choice(can))
        if not can:
            return None
        chosen = can if rng.random() < 0.5 else rng.sample(can, rng.randrange(1, len(can) + 1))
        return "".join(turn(rng.choice(tables.DIGITS[its])) if at in chosen else part for at, (part, its) in enumerate(parts))
    plain = katakana if keyword == katakana(keyword) and not any(map(is_kanji, keyword)) else hiragana
    by_mora = [(plain(part), part) for part in morae(reading)]
    made = times(rng, 4, lambda: write(by_mora, str)) + times(rng, 2, lambda: write(by_mora, kana.full_width))
    made += times(rng, 2, lambda: write(kana.segments(keyword, reading), str))
    return [("digits", text) for text in made]


def _t19(text, rng):
    return [("old form", one) for one in times(rng, 6, lambda: replace_at(text, tables.OLD, rng))]


@transform("T19", "neither the keyword nor its usual kanji writing has a kanji with an old form or variant")
def t19(keyword, reading, rng):
    """Old forms, variants, CJK compatibility, Kangxi radicals, simplified forms."""
    made = _t19(keyword, rng)
    for text in tables.KANJI.get(keyword, []):
        made += [("old form, kanji writing", one) for _, one in _t19(text, rng)[:2]]
    return made


# T20-T22: letters in dress ---------------------------------------------------------------------------------------------------

def _letters():
    """{letter: {style: sign}} for circled, squared, enclosed, mathematical and emoji letters."""
    answer = {}
    for at, c in enumerate("abcdefghijklmnopqrstuvwxyz"):
        small = {"circled": 0x24D0, "parenthesised": 0x249C, "bold": 0x1D41A, "bold italic": 0x1D482, "sans": 0x1D5BA, "sans bold": 0x1D5EE,
                 "mono": 0x1D68A, "fraktur": 0x1D586, "double": 0x1D552, "script": 0x1D4EA}
        large = {"circled": 0x24B6, "squared": 0x1F130, "black circled": 0x1F150, "black squared": 0x1F170, "flag": 0x1F1E6, "bold": 0x1D400,
                 "sans bold": 0x1D5D4, "fraktur": 0x1D56C, "script": 0x1D4D0}
        answer[c] = {style: chr(base + at) for style, base in small.items()}
        answer[c.upper()] = {style: chr(base + at) for style, base in large.items()}
    return answer


_LETTERS = _letters()
_CIRCLED = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0x32D0, 0x32FF)}
_CIRCLED.update({unicodedata.normalize("NFKC", chr(c)): chr(c) for c in [*range(0x3280, 0x32B1)]})


def _circled(text, rng):
    def one(c):
        parts = unicodedata.normalize("NFD", katakana(c))
        if parts[0] in _CIRCLED and (is_kana(c) or is_kanji(c)):
            return _CIRCLED[parts[0]] + parts[1:].replace("\u3099", rng.choice(("゛", "\u3099", "ﾞ"))).replace("\u309a", rng.choice(("゜", "\u309a")))
        return c
    places = positions(text, lambda c: one(c) != c, rng)
    return "".join(one(c) if at in places else c for at, c in enumerate(text)) if places else None


def _t20(text, rng):
    made = []
    if any(c.isascii() and c.isalpha() for c in text):
        for _ in range(6):
            source = rng.choice((text.lower(), text.upper()))
            style = rng.choice(sorted(_LETTERS[next(c for c in source if c in _LETTERS)]))
            made.append((style, "".join(_LETTERS[c].get(style, c) if c in _LETTERS else c for c in source)))
    made += [("circled kana", one) for one in times(rng, 3, lambda: _circled(text, rng))]
    return made


@transform("T20", "applies to all: kana have circled forms, romaji of four letters have many")
def t20(keyword, reading, rng):
    """Circled, squared, enclosed, mathematical and emoji letters."""
    made = _t20(keyword, rng) + [("circled reading", _circled(reading, rng))]
    for form in latin(reading)[:2]:
        made += _t20(form, rng)
    return [(way, text) for way, text in made if text]


def _t21(text, rng):
    if not any(c.isascii() and c.isalpha() for c in text):
        return []
    return [("homoglyph", one) for source in (text, text.upper(), text.capitalize())
            for one in times(rng, 2, lambda: replace_at(source, tables.HOMOGLYPH, rng))]


@transform("T21", "readings under four Latin letters")
def t21(keyword, reading, rng):
    """Cyrillic and Greek letters in romaji."""
    return [one for form in latin(reading)[:2] for one in _t21(form, rng)]


def _gyaru(text, rng, share):
    answer = ""
    for c in hiragana(text):
        parts = unicodedata.normalize("NFD", c) if is_kana(c) else c
        if parts[0] in tables.GYARU and rng.random() < share:
            answer += rng.choice(tables.GYARU[parts[0]]) + (rng.choice(tables.GYARU_DAKUTEN) if "\u3099" in parts else "") + ("゜" if "\u309a" in parts else "")
        else:
            answer += c
    return answer if answer != hiragana(text) else None


@transform("T22", "applies to all by the reading")
def t22(keyword, reading, rng):
    """ギャル文字."""
    made = times(rng, 4, lambda: _gyaru(reading, rng, 1)) + times(rng, 3, lambda: _gyaru(reading, rng, 0.5))
    if any(is_kana(c) for c in keyword):
        made += times(rng, 2, lambda: _gyaru(keyword, rng, 1))
    return [("gyaru letters", text) for text in made]


# T23-T26: order, ending, emoji, leet ------------------------------------------------------------------------------------------

@transform("T23", "words that read the same both ways")
def t23(keyword, reading, rng):
    """Written backwards. Of two letters only with a hint to read backwards, since カバ is a hippopotamus."""
    forms = {keyword[::-1], hiragana(reading)[::-1], katakana(reading)[::-1]}
    made = []
    for text in sorted(forms):
        if text in (keyword, hiragana(reading), katakana(reading)):
            continue
        made.append(Spelling(text, ("T23",), "reversed, hinted", "hint"))
        if len(text) > 2:
            made.append(Spelling(text, ("T23",), "reversed", "slot"))
    return made


@transform("T24", "nouns and set phrases do not inflect")
def t24(keyword, reading, rng):
    """Another ending on the same stem (死んでほしい, キモすぎる)."""
    if keyword not in tables.VERBS:
        return None
    kind, stem = tables.VERBS[keyword]
    return [Spelling(ending.replace("{}", stem), ("T24",), "ending", "end") for ending in tables.ENDINGS[kind]]


@transform("T25", "nothing in the keyword, and no syllable of a short one, is a thing with an emoji")
def t25(keyword, reading, rng):
    """Emoji as words or syllables, beside words of threat."""
    made = [("emoji", text) for text in tables.EMOJI_WORDS.get(keyword, [])]
    for part, signs in tables.EMOJI.items():
        if part in keyword and part != keyword:
            made += [("emoji for kanji", keyword.replace(part, sign, 1)) for sign in rng.sample(signs, min(2, len(signs)))]
    if all(is_kana(c) for c in keyword):
        for part, signs in tables.REBUS.items():
            if part in reading and part != reading and len(part) >= len(reading) // 3:
                made.append(("rebus", katakana(keyword).replace(part, rng.choice(signs), 1)))
    return [Spelling(text, ("T25",), way, "threat") for way, text in made]


def _t26(text, rng):
    if not any(c.isascii() and c.isalpha() for c in text):
        return []
    made = times(rng, 6, lambda: replace_at(text, tables.LEET, rng)) + times(rng, 1, lambda: replace_at(text, tables.LEET, rng, some=False))
    return [("leet", one) for one in made]


@transform("T26", "readings under four Latin letters")
def t26(keyword, reading, rng):
    """Digits and signs for Latin letters in romaji."""
    return [one for form in latin(reading)[:2] for one in _t26(form, rng)]


# T27-T30: blanks, encodings, two comments, other scripts ------------------------------------------------------------------------

def _t27(text, rng):
    return [("blank", one) for one in times(rng, 8, lambda: insert(text, lambda: rng.choice(tables.BLANKS) * rng.choice((1, 1, 1, 2)), rng))]


@transform("T27", "applies to all")
def t27(keyword, reading, rng):
    """Empty places that are not the space: ideographic, no-break, Braille blank, Hangul filler, thin spaces."""
    return _t27(keyword, rng)


def _t28(text, rng):
    units = [[int.from_bytes(pair, "big") for pair in (c.encode("utf-16-be")[at:at + 2] for at in range(0, len(c.encode("utf-16-be")), 2))] for c in text]
    forms = [
        ("decimal entity", lambda c, u: "&#%d;" % ord(c)), ("hexadecimal entity", lambda c, u: "&#x%x;" % ord(c)),
        ("padded entity", lambda c, u: "&#%07d;" % ord(c)), ("capital hexadecimal entity", lambda c, u: "&#X%04X;" % ord(c)),
        ("percent", lambda c, u: "".join("%%%02X" % b for b in c.encode())), ("small percent", lambda c, u: "".join("%%%02x" % b for b in c.encode())),
        ("backslash u", lambda c, u: "".join("\\u%04x" % unit for unit in u)), ("backslash u in braces", lambda c, u: "\\u{%x}" % ord(c)),
    ]
    made = []
    for way, write in forms:
        places = positions(text, lambda c: True, rng)
        made.append((way, "".join(write(c, units[at]) if at in places else c for at, c in enumerate(text))))
    made += [("invisible entity", insert(text, lambda: rng.choice(("&#8203;", "&zwnj;", "&zwj;", "&shy;", "&#xFEFF;", "&nbsp;", "&#x200B;")), rng))]
    made += [("tag", insert(text, lambda: rng.choice(("<b></b>", "<!-- -->", "<br>", "<i></i>", "<span></span>", "<wbr>")), rng))]
    return [(way, one) for way, one in made if one]


@transform("T28", "applies to all")
def t28(keyword, reading, rng):
    """HTML entities and tags, percent-encoding, backslash-u."""
    return _t28(keyword, rng)


@transform("T29", "applies to all (every keyword has two letters or more)")
def t29(keyword, reading, rng):
    """Split over two comments by the same author within ten minutes."""
    made = []
    for text in dict.fromkeys((keyword, hiragana(reading))):
        cuts = range(1, len(text))
        for at in rng.sample(cuts, min(3, len(cuts))):
            made.append(Spelling(text[:at], ("T29",), "two comments", second=text[at:]))
    return made


def _t30(text, rng):
    return [("foreign letter", one) for one in times(rng, 6, lambda: replace_at(text, tables.FOREIGN, rng))]


@transform("T30", "no letter of the keyword, or of its katakana or hiragana, has a partner in the table")
def t30(keyword, reading, rng):
    """Bopomofo, Hangul and other letters in the shape of kana."""
    made = _t30(keyword, rng)
    for other in (katakana(keyword), hiragana(keyword)):
        made += _t30(other, rng)[:2] if other != keyword else []
    return made


# Extras --------------------------------------------------------------------------------------------------------------------------

@transform("X14", "no letter has a dakuten")
def x14(keyword, reading, rng):
    """Dakuten dropped (ハカ for バカ)."""
    return [("dropped", "".join(unicodedata.normalize("NFD", c)[0] if is_kana(c) else c for c in keyword))]


@transform("X15", "no kanji has a look-alike in the table")
def x15(keyword, reading, rng):
    """A kanji for another that looks alike (未 for 末)."""
    return [("kanji look-alike", one) for one in times(rng, 4, lambda: replace_at(keyword, tables.KANJI_LOOKALIKE, rng))]


@transform("X23", "words under four letters")
def x23(keyword, reading, rng):
    """Letters in another order, first and last in place."""
    text = katakana(reading)
    if len(text) < 4:
        return None
    def shuffle():
        middle = list(text[1:-1])
        rng.shuffle(middle)
        return text[0] + "".join(middle) + text[-1]
    return [("anagram", one) for one in times(rng, 4, shuffle) if one != text]


# Combinations --------------------------------------------------------------------------------------------------------------------

NAMES = sorted(GENERATORS, key=lambda name: int(name[1:]))
FIRST = ["T2", "T3", "T4", "T5", "T6", "T16", "T17", "T18"]
LATER = {"T1": lambda text, rng: [("width", kana.half_width(kana.full_width(text)))], "T4": _t4, "T7": _t7, "T9": _t9, "T10": _t10, "T11": _t11,
         "T12": _t12, "T14": _t14, "T15": _t15, "T19": _t19, "T20": _t20, "T21": _t21, "T26": _t26, "T27": _t27, "T28": _t28, "T30": _t30}
# At most one of each group, and in this order: letters changed, letters dressed, something put in, encoded.
GROUPS = [["T4", "T14", "T15", "T19", "T30", "T21", "T26"], ["T1", "T20"], ["T10", "T11", "T12"], ["T7", "T9", "T27"], ["T28"]]


def combinations(keyword, reading, rng, count=4):
    """Spellings made by two or three transforms, each on top of the one before."""
    found, seen = [], set()
    for _ in range(count * 12):
        if len(found) == count:
            break
        text, made_by = keyword, []
        size = rng.choice((2, 2, 3))
        if rng.random() < 0.75:
            name = rng.choice(FIRST)
            first = [s for s in GENERATORS[name](keyword, reading, rng) or [] if s.place == "slot"]
            if not first:
                continue
            text, made_by = rng.choice(first).text, [name]
        for group in rng.sample(range(len(GROUPS)), size - len(made_by)) if size > len(made_by) else []:
            made_by.append((group, rng.choice(GROUPS[group])))
        steps = sorted(step for step in made_by if isinstance(step, tuple))
        made_by = [step for step in made_by if isinstance(step, str)]
        for _, name in steps:
            options = [one for _, one in LATER[name](text, rng) if one != text]
            if not options or name in made_by:
                break
            text = rng.choice(options)
            made_by.append(name)
        else:
            if len(made_by) == size and keyword not in text and text not in seen:
                seen.add(text)
                found.append(Spelling(text, tuple(made_by), "combination"))
    return found or None


def generate(name, keyword, reading, seed):
    """The spellings of one transform ("T7", "X14") or of the combinations ("C") with the chance that belongs to this seed."""
    rng = random.Random("%s/%s/%s" % (seed, name, keyword))
    return (combinations if name == "C" else GENERATORS.get(name) or EXTRAS[name])(keyword, reading, rng)
