"""Twenty clean screenshots of a telephone with known words, rendered by Chromium, and how many letters are read rightly."""
import os
import random
import re
import subprocess
import sys
import time
import unicodedata

SENTENCES = """染めた糸の色が写真と違うと言われました。
明日の市に行きますので、よろしくお願いします。
昨日の投稿を見て、少し怖くなりました。
発送は火曜日の朝になります。追跡番号をお送りします。
この店はやめたほうがいい。対応がひどい。
三日前から同じ人が何度も注文とキャンセルをくり返しています。
返事がないので、もう一度書きます。どうして無視するのですか。
作品の説明文に、本名が書いてあるのを見つけました。
評価が急に下がって、売り上げも半分になった。
警察に相談したら、記録を残すように言われました。
毛糸の太さは中細で、一玉は約四十グラムです。
写真は自然光で撮っています。画面によって見え方が変わります。
京都の展示会でお会いした方でしょうか。
新しいアカウントから、また同じ文章が届きました。
受け取りの確認をお願いいたします。
友人にも相談して、画面を保存しました。
夜中の二時に、続けて五件の通知が来ました。
店の名前を出して、うそを書かれています。
小さな木箱に入れてお届けします。
次の販売は土曜日の夜九時からです。""".split("\n")


def make(folder):
    rng = random.Random(5)
    truths = []
    for number in range(20):
        dark, serif = number % 5 == 4, number % 7 == 6
        head, handle = ("糸と木の店" if number % 2 else "染め屋こより"), "@ito_demo%d" % number
        lines = rng.sample(SENTENCES, 8)
        posts = "".join("<div class=p><b>%s</b><span class=h> %s</span><p>%s</p></div>" % (head, handle, line) for line in lines)
        style = "body{margin:0;font:%dpx/1.6 %s;background:%s;color:%s;width:412px}.p{padding:10px 16px;border-bottom:1px solid #ccc}p{margin:4px 0}.h{color:%s}" % (
            15 + number % 4, "serif" if serif else "sans-serif", "#15202b" if dark else "#fff", "#fff" if dark else "#111",
            "#8b98a5" if dark else "#536471")
        page = os.path.join(folder, "%02d.html" % number)
        with open(page, "w", encoding="utf-8") as file:
            file.write("<meta charset=utf-8><style>%s</style>%s" % (style, posts))
        command = ["chromium", "--headless=new", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2.625",
                   "--window-size=412,915", "--screenshot=" + page[:-5] + ".png", "--user-data-dir=" + os.path.join(folder, "profile"),
                   "file://" + page]
        if os.geteuid() == 0:  # Chromium keeps its sandbox, so it must not be root
            subprocess.run(["chmod", "-R", "777", folder], check=True)
            command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "HOME=" + folder] + command
        subprocess.run(command, check=True, capture_output=True)
        truths.append("".join(head + handle + line for line in lines))
    return truths


def distance(a, b):
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (x != y)))
        before = now
    return before[-1]


def plain(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
