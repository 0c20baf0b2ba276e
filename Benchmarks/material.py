"""Material for scripts/bench, the same in every run: a folder of mixed files, and an X archive of many posts."""
import json
import os
import random
import zipfile

WORDS = "糸 布 染め 藍 柿渋 朝 雨 本 手紙 市場 縁側 鍋 猫 切手 木箱 窓 夜 仕事 休み 歩く 編む 縫う 読む 待つ 届く".split()
EPOCH = 1288834974657


def mixed_files(folder, total):
    """Files from 1 KiB to 64 MiB, text and bytes that do not compress, about `total` bytes in all."""
    rng = random.Random(20261124)
    os.makedirs(folder, exist_ok=True)
    left, number = total, 0
    sizes = [64 << 20, 16 << 20, 16 << 20, 4 << 20, 1 << 20, 200 << 10, 40 << 10, 3 << 10]
    while left > 0:
        size = min(left, sizes[number % len(sizes)])
        path = os.path.join(folder, "%02d" % (number % 20), "file-%05d.bin" % number)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            if number % 3 == 2:
                line = (" ".join(rng.choices(WORDS, k=40)) + " %d\n" % number).encode()
                file.write((line * (size // len(line) + 1))[:size])
            else:
                file.write(rng.randbytes(size))
        left -= size
        number += 1
    return number


def tweet(rng, number):
    at = 1600000000000 + number * 1800000 + rng.randrange(1000)
    ident = str((at - EPOCH) << 22)
    import time
    stamp = time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime(at // 1000))
    text = "".join(rng.choices(WORDS, k=rng.randrange(8, 40))) + "。"
    return {"tweet": {
        "edit_info": {"initial": {"editTweetIds": [ident], "editableUntil": "2020-01-01T00:00:00.000Z",
                                  "editsRemaining": "5", "isEditEligible": True}},
        "retweeted": False, "source": '<a href="https://example.com" rel="nofollow">Demo for iPhone</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))], "favorite_count": str(rng.randrange(50)), "id_str": ident,
        "truncated": False, "retweet_count": "0", "id": ident, "created_at": stamp, "favorited": False,
        "full_text": text, "lang": "ja"}}


def x_archive(path, count):
    rng = random.Random(20261125)
    tweets = [tweet(rng, number) for number in range(count)]
    manifest = {"userInfo": {"accountId": "1400000000000000101", "userName": "bench_demo", "displayName": "bench"},
                "archiveInfo": {"sizeBytes": "1", "generationDate": "2026-11-20T00:00:00.000Z", "isPartialArchive": False},
                "dataTypes": {}}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/manifest.js", "window.__THAR_CONFIG = " + json.dumps(manifest))
        archive.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tweets, indent=2))


KANJI = "人一日大年出本中子見国言上分生手自行者二間事思時気会十家女三前的方入小地合後目長場代私下立部学物月田何来彼話体動社知理山内同心発高実作当新世今書度明五戦力名金性対意用男主通関文屋感郎業定政持道外取所現店糸布染市縁側猫雨窓夜朝"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"


def texts(path, count):
    """Short texts, one on a line: words with a few very common and very many rare ones, as in real language."""
    rng = random.Random(7)
    words = ["".join(rng.choices(KANJI, k=rng.choice((1, 2, 2, 3)))) + rng.choice(("", "", "する", "した", "な", "い")) for _ in range(60_000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    total = 0
    with open(path, "w", encoding="utf-8") as file:
        for start in range(0, count, 10_000):
            chosen = iter(rng.choices(words, weights, k=10_000 * 9))
            for _ in range(min(10_000, count - start)):
                parts = [next(chosen) + rng.choice(("は", "が", "を", "に", "の", "と", "も", "で")) for _ in range(rng.randint(4, 9))]
                line = "".join(parts) + rng.choice(("です。", "ます。", "。", "…", "！"))
                file.write(line + "\n")
                total += 1
    return total


def questions(source, path, count):
    """One- to five-letter pieces of the texts, some words that are nowhere."""
    rng = random.Random(11)
    with open(source, encoding="utf-8") as file:
        lines = file.read().split("\n")
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            line = rng.choice(lines[:-1])
            size = (1, 2, 2, 2, 3, 3, 4, 5)[number % 8]
            start = rng.randrange(max(1, len(line) - size))
            piece = line[start:start + size].strip("。…！") or "糸"
            file.write(("鬱鬯" if number % 20 == 19 else piece) + "\n")
    return count


def mailbox(path, count, big=0):
    """A mailbox in mboxrd: Japanese mails, some with attachments. With `big`, until the file has that many bytes."""
    import base64
    rng = random.Random(3)
    number = 0
    with open(path, "wb") as file:
        while number < count or file.tell() < big:
            subject = "=?iso-2022-jp?B?%s?=" % base64.b64encode(("件名%d 糸のこと" % number).encode("iso-2022-jp")).decode()
            body = "".join(rng.choices(WORDS, k=60)).encode("iso-2022-jp")
            head = "From - Mon Nov 16 04:49:45 2026\nFrom: a%d@example.com\nTo: b@example.com\nSubject: %s\nDate: Mon, 16 Nov 2026 04:%02d:%02d +0900\nMessage-ID: <%d@example.com>\nMIME-Version: 1.0\n" % (
                number % 500, subject, number // 60 % 60, number % 60, number)
            if big or number % 50 == 0:
                data = base64.encodebytes(rng.randbytes(400_000 if big else 2_000))
                parts = b"--b\nContent-Type: text/plain; charset=iso-2022-jp\n\n" + body + b"\n--b\nContent-Type: application/octet-stream; name=\"a%d.bin\"\nContent-Transfer-Encoding: base64\n\n" % number + data + b"--b--\n"
                file.write(head.encode() + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"\n")
            else:
                file.write(head.encode() + b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + body + b"\n\n")
            number += 1
    return number


def page(folder):
    """index.html with 40 parts: a style, a script, 38 pictures; about 11,000 pixels high at 1,280 pixels."""
    import struct
    import zlib

    def png(seed):
        rows = b"".join(b"\0" + bytes((x * seed + y * 7) % 256 for x in range(96 * 3)) for y in range(96))
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        head = struct.pack(">IIBBBBB", 96, 96, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    for number in range(38):
        with open("%s/%d.png" % (folder, number), "wb") as file:
            file.write(png(number + 3))
    items = "".join("<article><img src=%d.png width=64 height=64><p>%s</p></article>"
                    % (n % 38, "糸の色がきれいで、届くのも早かったです。" * 6) for n in range(120))
    with open(folder + "/index.html", "w", encoding="utf-8") as file:
        file.write("<!DOCTYPE html><meta charset=utf-8><title>t</title><link rel=stylesheet href=s.css><script src=s.js></script>" + items)
    with open(folder + "/s.css", "w") as file:
        file.write("article{height:84px;border-bottom:1px solid #ccc;font:15px sans-serif}img{float:left}")
    with open(folder + "/s.js", "w") as file:
        file.write("self.ready = 1")
    return 41


def words_and_comments(folder, count):
    """Words of 3 to 8 letters from IPADIC, and comments of about 60 letters joined from the benchmark's own harmless lines."""
    import csv
    import glob
    rng = random.Random(7)
    words = set()
    for path in glob.glob("/usr/share/mecab/dic/ipadic/*.csv"):
        with open(path, encoding="euc_jp") as file:
            words.update(row[0] for row in csv.reader(file) if 3 <= len(row[0]) <= 8)
    words = sorted(words)
    rng.shuffle(words)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "japanese-evasion")
    lines = [line.rstrip("\n").replace("\\n", " ") for name in ("benign.txt", "lawful.txt") for line in open(os.path.join(here, name), encoding="utf8")]
    paths = os.path.join(folder, "words"), os.path.join(folder, "comments")
    open(paths[0], "w", encoding="utf8").write("".join(word + "\n" for word in words[:10_000]))
    with open(paths[1], "w", encoding="utf8") as file:
        for _ in range(count):
            text = "".join(rng.choices(lines, k=rng.choice((1, 2, 2, 3))))
            if rng.random() < 0.1:
                text = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
            file.write(text + "\n")
    return " ".join(paths)
