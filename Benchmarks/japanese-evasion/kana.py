"""Kana by rule: scripts, morae, romaji, and which part of a reading belongs to which part of a term."""
import re
import unicodedata

SMALL = "ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ"
VOWELS = {"ア": "アカサタナハマヤラワガザダバパァャヮ", "イ": "イキシチニヒミリギジヂビピィ", "ウ": "ウクスツヌフムユルグズヅブプゥュッヴ",
          "エ": "エケセテネヘメレゲゼデベペェ", "オ": "オコソトノホモヨロヲゴゾドボポォョ"}
VOWEL_OF = {kana: vowel for vowel, row in VOWELS.items() for kana in row}


def katakana(text):
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def hiragana(text):
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def is_kana(c):
    return "ぁ" <= c <= "ゖ" or "ァ" <= c <= "ヺ" or c == "ー"


def is_kanji(c):
    return "一" <= c <= "鿿" or c == "々" or "㐀" <= c <= "䶿"


_HALF_ROW = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
_HALF = {full: chr(0xFF61 + at) for at, full in enumerate(_HALF_ROW)}


def half_width(text):
    """Kana in half-width katakana; other letters as they are."""
    answer = []
    for c in katakana(text):
        parts = unicodedata.normalize("NFD", c)
        marks = parts[1:].replace("\u3099", "ﾞ").replace("\u309a", "ﾟ")
        answer.append(_HALF[parts[0]] + marks if parts[0] in _HALF else c)
    return "".join(answer)


def full_width(text):
    """ASCII letters, digits and signs in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def morae(reading):
    """シャベル -> [シャ, ベ, ル]; ッ, ン and ー stand alone."""
    return re.findall(r".[ァィゥェォャュョヮ]?", katakana(reading))


_ROW = {"": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ", "m": "マミムメモ",
        "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ", "p": "パピプペポ"}
KUNREI = {kana: head + vowel for head, row in _ROW.items() for kana, vowel in zip(row, "aiueo")}
KUNREI.update({"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヂ": "zi", "ヅ": "zu", "ヴ": "vu"})
KUNREI.update({kana + small: KUNREI[kana][:-1] + "y" + vowel for kana in "キシチニヒミリギジヂビピ"
               for small, vowel in zip("ャュョ", "auo")})
HEPBURN = dict(KUNREI)
HEPBURN.update({"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu"})
for _kana, _head in (("シ", "sh"), ("チ", "ch"), ("ジ", "j"), ("ヂ", "j")):
    HEPBURN.update({_kana + small: _head + vowel for small, vowel in zip("ャュョ", "auo")})
    KUNREI.update({_kana + "ェ": KUNREI[_kana][:-1] + "ye"})
    HEPBURN.update({_kana + "ェ": _head + "e"})
for _table in (KUNREI, HEPBURN):
    _table.update({"ファ": "fa", "フィ": "fi", "フェ": "fe", "フォ": "fo", "ティ": "ti", "ディ": "di", "ウェ": "we", "ウォ": "wo"})


def romaji(reading, table=HEPBURN, long="double"):
    """A reading in Latin letters. `long`: how ー and おう are written: "double" (oo, ou), "drop", "hyphen" (ー only)."""
    answer, double = "", False
    for mora in morae(reading):
        if mora == "ッ":
            double = True
            continue
        if mora == "ー":
            answer += {"double": answer[-1:], "drop": "", "hyphen": "-"}[long]
            continue
        latin = table.get(mora) or "".join(table.get(kana, "") for kana in mora)
        if double:
            latin, double = ("t" if latin.startswith("ch") else latin[0]) + latin, False
        if long == "drop" and latin == "u" and answer.endswith(("o", "u")):
            continue
        answer += latin
    return answer


def segments(term, reading):
    """(part of the term, its reading in katakana) in order: each kana alone, each run of kanji together."""
    runs = re.findall(r"[一-鿿々]+|.", term)
    pattern = "".join("(.+?)" if is_kanji(run[0]) else "(%s)" % re.escape(katakana(run)) for run in runs)
    found = re.fullmatch(pattern, katakana(reading))
    return list(zip(runs, found.groups())) if found else [(term, katakana(reading))]
