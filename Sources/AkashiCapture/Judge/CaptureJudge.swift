import AkashiModel
import Foundation

/// Judges a capture: which post it is, and what is wrong with it. Nothing that is wrong is passed over.
struct CaptureJudge {
    let raw: RawCapture
    let request: CaptureRequest

    private var facts: PageFacts { raw.facts }
    private var pack: PlatformPack? {
        request.packs.first { $0.holds(facts.address) || $0.holds(raw.address) }
    }
    private var general: PlatformPack? { request.packs.first { $0.id == "general" } }
    private var page: Exchange? { raw.mainChain.last }

    func report() -> CaptureReport {
        let remarks = remarks()
        let grade: CaptureReport.Grade =
            remarks.contains { $0.grade == .failed } ? .failed : remarks.contains { $0.grade == .partial } ? .partial : .whole
        let host = (page?.url ?? raw.address).hostOfAddress
        let port = URL(string: page?.url ?? raw.address).map { $0.port ?? ($0.scheme == "https" ? 443 : 80) } ?? 0
        return CaptureReport(
            asked: request.address, address: address,
            redirects: raw.mainChain.dropLast().map { "\($0.status) \($0.url)" }, title: facts.title, observedAt: raw.start,
            elapsed: raw.elapsed, clockOffset: clockOffset, status: page?.status, server: raw.servers["\(host):\(port)"],
            grade: grade, remarks: remarks, identity: identity(), browser: raw.build, userAgent: raw.userAgent,
            width: request.width, height: raw.height, answerCount: raw.exchanges.count { $0.isAnswered },
            wordCount: facts.text.count, stillness: "seed \(Stillness.seed)")
    }

    /// Where the page stands; where it has gone away to an error of the browser, the last address that answered.
    private var address: String {
        facts.address.hasPrefix("http") ? facts.address : page?.url ?? raw.address
    }

    private var clockOffset: Int? {
        guard let text = page?.responseFields.first(where: { $0.name.lowercased() == "date" })?.value,
            let date = HTTPDate.instant(text)
        else { return nil }
        return Int((date.milliseconds - raw.start.milliseconds) / 1000)
    }

    // MARK: What is wrong

    private func remarks() -> [CaptureReport.Remark] {
        var remarks: [CaptureReport.Remark] = []
        if let status = page?.status, status >= 400 { remarks.append(.init("error-status", .failed, String(status))) }
        if !facts.address.hasPrefix("http") { remarks.append(.init("went-away", .failed)) }
        if let elsewhere = elsewhere() { remarks.append(elsewhere) }
        remarks += refusals()
        if isBlank { remarks.append(.init("blank", .failed)) }
        remarks += overlays()
        if !raw.hasLoaded { remarks.append(.init("load-not-finished", .partial)) }
        if !raw.wasQuiet, raw.hasLoaded { remarks.append(.init("never-quiet", .partial)) }
        if raw.isCut { remarks.append(.init("cut", .partial, String(raw.height))) }
        remarks += missing()
        for part in raw.missingParts { remarks.append(.init("part-missing", .partial, part)) }
        if !raw.refusedHosts.isEmpty {
            remarks.append(.init("inner-address", .partial, raw.refusedHosts.joined(separator: " ")))
        }
        if let pack, pack.id != "general", !pack.posts.isEmpty, identity().post == nil {
            remarks.append(.init("not-a-post", .whole))
        }
        if raw.address.hostOfAddress != address.hostOfAddress {
            remarks.append(.init("other-site", .partial, address.hostOfAddress))
        }
        return remarks
    }

    /// Pages that ask to log in, that say that something is wrong or gone, or that have not come yet.
    private func refusals() -> [CaptureReport.Remark] {
        var remarks: [CaptureReport.Remark] = []
        let packs = [pack, general].compactMap(\.self)
        let text = facts.text.lowercased()
        let heads = ([facts.title] + facts.headings).joined(separator: "\n").lowercased()
        func first(_ words: [String], in text: String) -> String? { words.first { text.contains($0.lowercased()) } }
        // A page with the wanted words and a small invitation to log in is no wall, and a review may speak of something that
        // was "not found": a page that is long, or has posts with times in it, is judged by its headings.
        let isLong = facts.text.count > 1_200 || !facts.words.isEmpty
        let hasPosts = !facts.words.isEmpty || !facts.times.isEmpty || !facts.structured.isEmpty
        let path = URL(string: facts.address)?.path().lowercased() ?? ""
        let askedPath = URL(string: raw.address)?.path().lowercased() ?? ""
        let wallPath = packs.flatMap(\.wallPaths).first { path.hasPrefix($0) && !askedPath.hasPrefix($0) }
        if let wallPath {
            remarks.append(.init("login-wall", .failed, wallPath))
        } else if facts.hasPassword, !isLong {
            remarks.append(.init("login-wall", .failed, "password"))
        } else if let words = first(packs.flatMap(\.walls), in: isLong ? heads : text) {
            remarks.append(.init("login-wall", isLong || hasPosts ? .partial : .failed, words))
        }
        let failures = packs.flatMap(\.failures)
        if let words = first(failures, in: heads) {
            remarks.append(.init("error-page", facts.words.isEmpty ? .failed : .partial, words))
        } else if !isLong, let words = first(failures, in: text) {
            remarks.append(.init("error-page", hasPosts ? .partial : .failed, words))
        }
        if facts.text.count < 200, let words = first(packs.flatMap(\.loading), in: text) {
            remarks.append(.init("still-loading", hasPosts ? .partial : .failed, words))
        }
        return remarks
    }

    /// Sent somewhere else than was asked: to the front page, or to another post.
    private func elsewhere() -> CaptureReport.Remark? {
        let asked = URL(string: raw.address)?.path() ?? ""
        let found = URL(string: address)?.path() ?? ""
        if !["", "/"].contains(asked), ["", "/"].contains(found) { return .init("sent-home", .failed) }
        if let wanted = post(in: URL(string: raw.address)), let got = post(in: URL(string: address)), wanted != got {
            return .init("other-post", .failed, got)
        }
        return nil
    }

    private func post(in url: URL?) -> String? { parts(of: url)["post"] }

    private var isBlank: Bool {
        let letters = facts.text.count { !$0.isWhitespace }
        return letters < 2 && facts.imageCount == 0 && facts.videoCount == 0
    }

    /// What lies over the page: consent, log-in, advertising.
    private func overlays() -> [CaptureReport.Remark] {
        var remarks: [CaptureReport.Remark] = []
        let consent = ["cookie", "クッキー", "同意", "consent", "プライバシー"]
        for overlay in facts.overlays {
            let text = overlay.text.lowercased()
            if consent.contains(where: { text.contains($0) }) {
                remarks.append(.init("consent-banner", .partial, String(overlay.text.prefix(60))))
            } else if overlay.isModal, overlay.share > 0.3 {
                remarks.append(.init("covered", .partial, String(overlay.text.prefix(60))))
            }
        }
        return remarks.reduce(into: []) { kept, remark in
            if !kept.contains(where: { $0.code == remark.code }) { kept.append(remark) }
        }
    }

    /// What the page asked for and did not get, or what is not kept.
    private func missing() -> [CaptureReport.Remark] {
        var remarks: [CaptureReport.Remark] = []
        let failed = raw.exchanges.filter { exchange in
            guard exchange.purpose != "Ping", exchange.purpose != "Prefetch", !exchange.wasCancelled else { return false }
            if exchange.failure != nil, exchange.body == .missing("failed") { return true }
            return exchange.status >= 400 && exchange.id != page?.id && !exchange.url.hasSuffix("/favicon.ico")
        }
        if !failed.isEmpty { remarks.append(.init("parts-failed", .partial, "\(failed.count) \(failed[0].url)")) }
        if !facts.brokenImages.isEmpty {
            remarks.append(.init("pictures-missing", .partial, "\(facts.brokenImages.count) \(facts.brokenImages[0])"))
        }
        let tooLarge = raw.exchanges.filter { $0.body == .missing("too-large") }
        if !tooLarge.isEmpty { remarks.append(.init("parts-too-large", .partial, "\(tooLarge.count) \(tooLarge[0].url)")) }
        let streams = raw.exchanges.contains { $0.body == .missing("stream") || $0.purpose == "Media" }
        if facts.videoCount > 0 {
            remarks.append(.init("video-not-kept", .partial, String(facts.videoCount)))
        } else if streams {
            remarks.append(.init("stream-not-kept", .partial))
        }
        let unread = raw.exchanges.filter { $0.body == .missing("unread") && $0.isAnswered && !$0.wasCancelled }
        if !unread.isEmpty { remarks.append(.init("parts-unread", .partial, "\(unread.count) \(unread[0].url)")) }
        return remarks
    }

    // MARK: Which post

    private func identity() -> CaptureReport.Identity {
        var identity = CaptureReport.Identity()
        identity.platform = pack.map(\.id).flatMap { $0 == "general" ? nil : $0 }
        let parts = parts(of: URL(string: address))
        identity.post = parts["post"]
        identity.account = parts["account"]
        if let author = facts.author {
            identity.shownName = author.text.isEmpty ? nil : author.text.firstLine
            if identity.account == nil, let url = URL(string: author.link) {
                identity.account = url.pathComponents.last { $0 != "/" }
            }
        }
        if let time = facts.time ?? facts.times.first {
            identity.shownTime = time.text.isEmpty ? nil : time.text.firstLine
            identity.dataTime = time.at.isEmpty ? nil : time.at
        }
        fillFromStructuredData(&identity)
        if identity.dataTime == nil {
            identity.dataTime = facts.meta("article:published_time") ?? facts.meta("datePublished") ?? facts.meta("uploadDate")
        }
        identity.words = facts.words.isEmpty ? nil : facts.words
        return identity
    }

    /// The post and the account that an address names.
    private func parts(of url: URL?) -> [String: String] {
        let path = url?.path(percentEncoded: false) ?? ""
        let target = path + (url?.query(percentEncoded: false).map { "?" + $0 } ?? "")
        for post in pack?.posts ?? [] {
            guard let pattern = try? Regex(post.pattern), let match = try? pattern.firstMatch(in: target) else { continue }
            var parts: [String: String] = [:]
            for output in match.output { if let name = output.name { parts[name] = output.substring.map(String.init) } }
            return parts
        }
        return [:]
    }

    /// JSON-LD (schema.org): author, date, id of the first thing that has an author or a date.
    private func fillFromStructuredData(_ identity: inout CaptureReport.Identity) {
        for text in facts.structured {
            guard let json = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { continue }
            let things = (json as? [[String: Any]]) ?? [(json as? [String: Any]) ?? [:]]
            for thing in things.flatMap({ ($0["@graph"] as? [[String: Any]]) ?? [$0] }) {
                let author = (thing["author"] as? [String: Any]) ?? (thing["author"] as? [[String: Any]])?.first
                let date = thing["datePublished"] as? String ?? thing["dateCreated"] as? String ?? thing["uploadDate"] as? String
                guard author != nil || date != nil else { continue }
                if identity.shownName == nil { identity.shownName = author?["name"] as? String }
                if identity.account == nil {
                    identity.account = author?["identifier"] as? String ?? author?["alternateName"] as? String
                }
                if identity.dataTime == nil { identity.dataTime = date }
                if identity.post == nil { identity.post = thing["identifier"] as? String }
                return
            }
        }
    }
}

extension String {
    fileprivate var firstLine: String { split(whereSeparator: \.isNewline).first.map(String.init) ?? self }
}

/// The date of HTTP (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func instant(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = Int(parts[3])
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3,
            let civil = CivilTime(
                year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: min(clock[2], 59),
                millisecond: 0)
        else { return nil }
        return civil.instant(offsetMinutes: 0)
    }
}
