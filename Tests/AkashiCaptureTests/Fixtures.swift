import AkashiFormats

/// The fixture pages. Everybody in them is invented.
enum Fixtures {
    static let png = PixelImage.png(grey: (0..<256).map { UInt8($0) }, width: 16, height: 16) ?? []

    private static func page(_ title: String, _ body: String, head: String = "") -> String {
        """
        <!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>\(title)</title>\(head)
        <style>body{font:16px/1.7 sans-serif;margin:20px;max-width:700px}article{border:1px solid #ccc;padding:12px;margin:8px 0}</style>
        </head><body>\(body)</body></html>
        """
    }

    static let xPost = page(
        "つむぎ糸さんの投稿",
        """
        <article><div data-testid="User-Name"><a href="/tsumugi_demo">つむぎ糸</a></div>
        <div data-testid="tweetText">糸を染めました。見に来てください。今日の市は雨でした。</div><img src="/media/1.png" width="64" height="64">
        <a href="/tsumugi_demo/status/1790000000000000001"><time datetime="2026-09-07T12:34:56.000Z">2026年9月7日 午後9:34</time></a>
        <p>いいね <span>12</span></p><p id="clock"></p></article>
        <article><div data-testid="User-Name"><a href="/other">よそのひと</a></div><div data-testid="tweetText">返信です</div>
        <time datetime="2026-09-07T13:00:00.000Z">午後10:00</time></article>
        <script>fetch('/api/replies?ts=' + Date.now()).then(r => r.json()).then(d => {
          const p = document.createElement('p'); p.textContent = d.text + ' ' + Math.floor(Math.random() * 1e6); document.body.append(p); });
        setInterval(() => { document.title = 'x'; document.getElementById('clock').textContent = new Date().toISOString(); }, 200);</script>
        """)

    static let reviews = page(
        "レビュー",
        "<h1>ショップのレビュー</h1><div id=list></div><p id=end>　</p>"
            + """
            <script>let n = 0; const load = () => fetch('/reviews.json?page=' + n).then(r => r.json()).then(d => {
              for (const r of d) { const a = document.createElement('article'); a.innerHTML = '<h3></h3><p></p><img loading=lazy width=80 height=80>';
                a.querySelector('h3').textContent = '★'.repeat(r.star); a.querySelector('p').textContent = r.text; a.querySelector('img').src = '/media/' + r.id + '.png';
                document.getElementById('list').append(a); } n++; });
            new IntersectionObserver(e => { if (e[0].isIntersecting && n < 3) load(); }).observe(document.getElementById('end'));</script>
            """)

    static func reviewData(_ path: String) -> String {
        let page = Int(path.suffix(1)) ?? 0
        let rows = (0..<8).map { number in
            #"{"id":\#(page * 8 + number),"star":\#(number % 5 + 1),"text":"レビュー\#(page * 8 + number)：届くのが早く、糸の色もきれいでした。"}"#
        }
        return "[" + rows.joined(separator: ",") + "]"
    }

    static let loginWall = page(
        "Log in to X", "<h1>Xにログイン</h1><form><input name=u><input type=password name=p><button>ログイン</button></form>")
    static let softError = page("X", "<p>問題が発生しました。再読み込みしてください。</p><button>やりなおす</button>")
    static let endless = page(
        "つづく",
        "<div id=list></div>"
            + """
            <script>let n = 0; const more = () => { for (let i = 0; i < 20; i++) { const p = document.createElement('article'); p.textContent = '投稿 ' + (n++);
              p.style.height = '200px'; document.getElementById('list').append(p); } };
            more(); addEventListener('scroll', () => { if (innerHeight + scrollY > document.body.scrollHeight - 900) more(); });</script>
            """)
    static let video = page(
        "動画", "<h1>動画の投稿です。ここに説明の文があります。</h1><video src=\"/media/film.mp4\" width=320 height=180 autoplay muted></video>")
    static let consent = page(
        "お店",
        "<h1>お店の案内</h1><p>\(String(repeating: "手織りの布を売っています。", count: 40))</p>"
            + "<div style=\"position:fixed;left:0;right:0;bottom:0;height:220px;background:#eee\">当サイトはCookieを使います。<button>同意する</button></div>"
    )
    static let blank = "<!DOCTYPE html><html><head><title></title></head><body><div id=root></div></body></html>"
    static let broken = page(
        "写真", "<h1>写真のある投稿</h1><p>本文はここにあります。</p><img src=\"/media/none.png\" width=100 height=100>")
    static let moving = page(
        "うごく",
        """
        <h1>うごくページ</h1><style>@keyframes k{from{transform:translateX(0)}to{transform:translateX(300px)}}
        .a{width:40px;height:40px;background:#c33;animation:k 1.3s linear infinite alternate}.b{opacity:0;transition:opacity .6s}.b.on{opacity:1}</style>
        <div class=a></div><p class=b>あとから出る文</p><p id=r></p>
        <script>addEventListener('load', () => setTimeout(() => document.querySelector('.b').classList.add('on'), 100));
        document.getElementById('r').textContent = new Date().toString() + ' ' + Math.random();</script>
        """)
    static let shiftJIS: [UInt8] = {
        let head = "<!DOCTYPE html><html><head><meta charset=\"Shift_JIS\"><title>x</title></head><body><h1>"
        // 「口コミ」「良くない店」 in Shift_JIS.
        let words: [UInt8] = [
            0x8c, 0xfb, 0x83, 0x52, 0x83, 0x7e, 0x20, 0x97, 0xc7, 0x82, 0xad, 0x82, 0xc8, 0x82, 0xa2, 0x93, 0x58,
        ]
        return Array(head.utf8) + words + Array("</h1></body></html>".utf8)
    }()
    static let instagram = page(
        "Instagram",
        """
        <article><header><a href="/tsumugi.demo/">tsumugi.demo</a></header><img src="/media/2.png" width=300 height=300>
        <h1>新しい布ができました</h1><time datetime="2026-10-01T03:00:00.000Z">10月1日</time></article>
        """)
    static let youtube = page(
        "動画のコメント",
        """
        <ytd-comment-thread-renderer><a id="author-text" href="/@tsumugi">つむぎ</a><span id="published-time-text">3 か月前</span>
        <div id="content-text">いい動画でした。またお願いします。</div></ytd-comment-thread-renderer>
        """)

    /// 41 requests, about 11,000 pixels.
    static func heavy() -> String {
        let items = (0..<120).map { number in
            "<article style=\"height:68px\"><img src=\"/media/\(number % 38).png\" width=48 height=48> 投稿\(number) \(String(repeating: "ことば", count: 12))</article>"
        }
        return page("大きなページ", items.joined(), head: "<link rel=stylesheet href=/s.css><script src=/s.js></script>")
    }

    static func answer(_ host: String, _ path: String) -> FixtureSite.Answer? {
        if path.hasPrefix("/media/"), path.hasSuffix(".png"), !path.contains("none") {
            return FixtureSite.Answer(bytes: png, type: "image/png")
        }
        switch host + path.prefix(while: { $0 != "?" }) {
        case "x.example/tsumugi_demo/status/1790000000000000001": return .init(xPost)
        case "x.example/api/replies": return .init(#"{"text":"返信は2件です"}"#, type: "application/json")
        case "shop.example/reviews": return .init(reviews)
        case "shop.example/reviews.json": return .init(reviewData(path), type: "application/json")
        case "x.example/private": return .init("", status: 302, fields: [("Location", "/i/flow/login")])
        case "x.example/i/flow/login": return .init(loginWall)
        case "x.example/soft": return .init(softError)
        case "shop.example/gone": return .init("<h1>404</h1><p>ページが見つかりません</p>", status: 404)
        case "shop.example/endless": return .init(endless)
        case "shop.example/video": return .init(video)
        case "shop.example/media/film.mp4": return .init(bytes: Array(repeating: 7, count: 20_000), type: "video/mp4")
        case "shop.example/consent": return .init(consent)
        case "shop.example/blank": return .init(blank)
        case "shop.example/broken": return .init(broken)
        case "shop.example/moving": return .init(moving)
        case "shop.example/sjis": return .init(bytes: shiftJIS, type: "text/html")
        case "www.instagram.example/p/CxYz12345ab/": return .init(instagram)
        case "www.youtube.example/watch": return .init(youtube)
        case "shop.example/frame":
            return .init(
                page(
                    "枠",
                    "<p>枠の外の文です。</p><iframe src=\"http://other.example/inner\" width=400 height=120></iframe><p id=w></p>"
                        + "<script>new Worker('/worker.js').onmessage = (e) => { document.getElementById('w').textContent = e.data }</script>"
                ))
        case "other.example/inner": return .init(page("中", "<p>枠の中の文です。</p><img src=/media/5.png>"))
        case "shop.example/worker.js":
            return .init(
                "fetch('/reviews.json?page=1').then(r => r.json()).then(d => postMessage(d[0].text))", type: "text/javascript")
        case "shop.example/slow":
            return .init(
                page(
                    "遅い",
                    "<p>はじめの文です。</p><p id=p></p><script>setTimeout(() => document.getElementById('p').textContent = 'あとから出る文', 700);"
                        + "setInterval(() => fetch('/reviews.json?page=2&t=' + performance.now()), 120)</script>"))
        case "shop.example/items/77": return .init("", status: 302, fields: [("Location", "/")])
        case "shop.example/": return .init(page("お店", "<h1>ようこそ</h1><p>新しい布がたくさんあります。</p>"))
        case "shop.example/spinner": return .init(page("投稿", "<div>読み込み中…</div>"))
        case "shop.example/review":
            return .init(
                page(
                    "口コミ",
                    "<article><time datetime=\"2026-10-01T00:00:00Z\">10月1日</time><p>箱の中に説明書が見つかりませんでした。残念です。</p></article>"))
        case "shop.example/template":
            return .init(
                page(
                    "お店",
                    "<nav>\(String(repeating: "<a href=/c>種類のへや</a> ", count: 200))</nav><h1>お探しのページは見つかりませんでした</h1><p>商品がなくなりました。</p>"
                ))
        case "x.example/a/status/1790000000000000009":
            return .init("", status: 302, fields: [("Location", "/tsumugi_demo/status/1790000000000000001")])
        case "shop.example/away":
            return .init(page("x", "<p>すぐに移ります</p>", head: "<meta http-equiv=refresh content=\"0;url=http://gone.example/\">"))
        case "shop.example/heavy": return .init(heavy())
        case "shop.example/s.css": return .init("h1{color:#333}", type: "text/css")
        case "shop.example/s.js": return .init("self.ready = 1", type: "text/javascript")
        default: return nil
        }
    }
}
