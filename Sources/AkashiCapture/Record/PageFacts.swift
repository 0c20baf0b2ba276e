import AkashiBrowser

/// What a page says of itself, read out of its document.
struct PageFacts: Sendable {
    let value: DevToolsValue

    /// The script that reads it. Its argument is the platform's selectors.
    static func script(_ pack: PlatformPack?) -> String {
        let selectors = pack?.selectors ?? PlatformPack.Selectors()
        func quoted(_ text: String?) -> String { DevToolsText.quoted(text ?? "") }
        return """
            ((authorSelector, timeSelector, textSelector) => {
              const cut = (t, n) => (t || '').slice(0, n);
              const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; };
              const rect = (e) => { const r = e.getBoundingClientRect();
                return { x: r.left + scrollX, y: r.top + scrollY, width: r.width, height: r.height }; };
              const all = (s, root) => { try { return [...(root || document).querySelectorAll(s)]; } catch (e) { return []; } };
              const first = (s) => s ? all(s)[0] : undefined;
              const meta = {};
              for (const m of all('meta[property],meta[name],meta[itemprop]')) {
                const k = m.getAttribute('property') || m.getAttribute('name') || m.getAttribute('itemprop');
                if (k && !(k in meta) && Object.keys(meta).length < 100) meta[k] = cut(m.content, 2000);
              }
              const author = first(authorSelector), time = first(timeSelector), words = first(textSelector);
              const overlays = [];
              for (const e of all('body *')) {
                const style = getComputedStyle(e);
                if (style.position !== 'fixed' && style.position !== 'sticky' && e.tagName !== 'DIALOG') continue;
                const r = e.getBoundingClientRect();
                const share = Math.max(0, Math.min(r.right, innerWidth) - Math.max(r.left, 0))
                  * Math.max(0, Math.min(r.bottom, innerHeight) - Math.max(r.top, 0)) / (innerWidth * innerHeight);
                if (share > 0.08 && style.visibility !== 'hidden' && style.display !== 'none' && +style.opacity > 0.05)
                  overlays.push({ text: cut(e.innerText, 400), share, isModal: style.position === 'fixed' });
                if (overlays.length >= 10) break;
              }
              const media = (s) => all(s).filter(shown).slice(0, 50).map(rect);
              return {
                title: cut(document.title, 500), url: location.href, language: document.documentElement.lang || '',
                charset: document.characterSet, type: document.contentType,
                canonical: (first('link[rel=canonical]') || {}).href || '', meta,
                data: all('script[type="application/ld+json"]').slice(0, 20).map((s) => cut(s.textContent, 50000)),
                headings: all('h1,h2,[role=alert],[role=heading]').filter(shown).slice(0, 20).map((h) => cut(h.innerText, 200)),
                times: all('time').slice(0, 50).map((t) => ({ text: cut(t.innerText, 100), at: t.getAttribute('datetime') || '' })),
                author: author ? { text: cut(author.innerText || author.content, 200), link: author.href || author.content || '' } : null,
                time: time ? { text: cut(time.innerText || time.title, 100), at: time.getAttribute('datetime') || time.getAttribute('content') || '' } : null,
                words: words ? cut(words.innerText, 20000) : '',
                text: cut(document.body ? document.body.innerText : '', 2000000),
                html: document.documentElement ? document.documentElement.outerHTML.length : 0,
                hasPassword: all('input[type=password]').some(shown),
                overlays,
                images: all('img').filter(shown).length,
                brokenImages: all('img').filter((i) => i.currentSrc && i.complete && !i.naturalWidth).slice(0, 50)
                  .map((i) => cut(i.currentSrc, 500)),
                videos: media('video'), frames: all('iframe').filter(shown).length,
                moving: media('video').concat(all('img').filter((i) => shown(i) && /\\.gif($|\\?)|^data:image\\/gif/i.test(i.currentSrc))
                  .slice(0, 50).map(rect)),
              };
            })(\(quoted(selectors.author)), \(quoted(selectors.time)), \(quoted(selectors.text)))
            """
    }

    var title: String { text("title") }
    var address: String { text("url") }
    var text: String { text("text") }
    var words: String { text("words") }
    var hasPassword: Bool { value["hasPassword"]?.isTrue ?? false }
    var brokenImages: [String] { value["brokenImages"]?.list.compactMap(\.text) ?? [] }
    var imageCount: Int { Int(value["images"]?.number ?? 0) }
    var videoCount: Int { value["videos"]?.list.count ?? 0 }
    var overlays: [(text: String, share: Double, isModal: Bool)] {
        value["overlays"]?.list.map { ($0["text"]?.text ?? "", $0["share"]?.number ?? 0, $0["isModal"]?.isTrue ?? false) } ?? []
    }
    var headings: [String] { value["headings"]?.list.compactMap(\.text) ?? [] }
    var structured: [String] { value["data"]?.list.compactMap(\.text) ?? [] }
    var times: [(text: String, at: String)] {
        value["times"]?.list.map { ($0["text"]?.text ?? "", $0["at"]?.text ?? "") } ?? []
    }
    var author: (text: String, link: String)? {
        guard let author = value["author"], author != .null else { return nil }
        return (author["text"]?.text ?? "", author["link"]?.text ?? "")
    }
    var time: (text: String, at: String)? {
        guard let time = value["time"], time != .null else { return nil }
        return (time["text"]?.text ?? "", time["at"]?.text ?? "")
    }
    var moving: [PixelBox] {
        value["moving"]?.list.map { box in
            PixelBox(
                x: Int((box["x"]?.number ?? 0).rounded(.down)), y: Int((box["y"]?.number ?? 0).rounded(.down)),
                width: Int((box["width"]?.number ?? 0).rounded(.up)) + 1,
                height: Int((box["height"]?.number ?? 0).rounded(.up)) + 1)
        } ?? []
    }

    func meta(_ name: String) -> String? { value["meta"]?[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }

    private func text(_ name: String) -> String { value[name]?.text ?? "" }
}

/// Texts inside of scripts.
enum DevToolsText {
    /// A literal of JavaScript.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\u{2028}", "\u{2029}", "<": result += "\\u" + hex4(scalar.value)
            default: if scalar.value < 32 { result += "\\u" + hex4(scalar.value) } else { result.unicodeScalars.append(scalar) }
            }
        }
        return result + "\""
    }

    private static func hex4(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
