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
