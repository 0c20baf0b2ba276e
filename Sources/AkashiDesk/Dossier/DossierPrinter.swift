import AkashiCasework
import AkashiDocuments
import AkashiFormats
import AkashiIntake
import AkashiKnowledge
import AkashiMedia
import AkashiModel
import AkashiProof
import AkashiVault
import Foundation

/// Turns a case and its exhibits into the printed part of a dossier: always in Japanese, times in Japan.
struct DossierPrinter {
    /// Pictures that are printed; larger ones are named only.
    private static let maximumPictureByteCount = 24 << 20
    /// Pages of a PDF that are printed as pictures.
    private static let maximumPages = 4

    let caseFile: CaseFile
    let request: DossierRequest
    let sources: [ExhibitSource]
    let anchors: [KeptStamp]
    let strings: Strings
    let made: Instant
    /// Exhibits whose picture stays in the vault.
    var withheld: Set<String> = []
    let fingerprint: String
    /// Her own accounts.
    var own: Set<AccountKey> = []

    private var isSharing: Bool { request.kind == .sharing }
    private var redaction: Redaction { Redaction(isSharing ? request.hiddenWords : []) }
    private var words: StringTable { strings.table("dossier") }

    func document(
        attached: [String: [(name: String, digest: ContentDigest, bytes: [UInt8])]]
    ) -> DossierDocument {
        DossierDocument(
            title: hide(caseFile.title), receiver: request.receiver, made: made.japanMinuteText, isSharing: isSharing,
            parties: caseFile.parties.map { party in
                let names = party.accounts.map { displayName(of: $0) }
                return DossierDocument.Party(letter: party.letter, role: hide(party.role), accounts: isSharing ? [] : names)
            },
            incidents: incidents(),
            exhibits: sources.enumerated().map { exhibit($0.offset + 1, $0.element, attached[$0.element.number] ?? []) },
            talks: request.includesTalks && !isSharing ? talks() : [], stamps: stamps(), fingerprint: fingerprint)
    }

    private func incidents() -> [DossierDocument.Incident] {
        caseFile.incidents.compactMap { incident in
            let numbers = sources.filter { incident.records.contains($0.entry.position) }.compactMap {
                Int($0.number.dropFirst())
            }
            guard !numbers.isEmpty else { return nil }
            return DossierDocument.Incident(
                title: hide(incident.title), summary: hide(incident.summary),
                harms: incident.harms.map { strings.table("kinds")("harm.\($0.rawValue)") }.joined(separator: "、"),
                exhibits: ranges(numbers))
        }
    }

    /// `甲第1号証、甲第3号証〜甲第7号証`: thirteen numbers in a row are read by nobody.
    func ranges(_ numbers: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = runs.last, last.upperBound == number - 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { run in
            let first = words("exhibit-number", ["number": String(run.lowerBound)])
            let last = words("exhibit-number", ["number": String(run.upperBound)])
            switch run.count {
            case 1: return first
            case 2: return "\(first)、\(last)"
            default: return "\(first)〜\(last)"
            }
        }.joined(separator: "、")
    }

    private func talks() -> [DossierDocument.Talk] {
        caseFile.consultations.map { talk in
            let next = [talk.next, talk.nextBy.map { words("next-by", ["date": $0]) }].compactMap { $0 }
            return DossierDocument.Talk(
                time: talk.heldAt.japanText, with: talk.with, said: talk.said, advised: talk.advised,
                next: next.isEmpty ? nil : next.joined(separator: "　"))
        }
    }

    private func stamps() -> [DossierDocument.Stamp] {
        anchors.map { stamp in
            let kind = words(stamp.authority.isAccredited ? "accredited" : "not-accredited")
            return DossierDocument.Stamp(
                time: words("japan-time", ["time": stamp.verified.time.instant.japanText]),
                authority: "\(stamp.authority.name)（\(kind)）", root: stamp.verified.rootFingerprint)
        }
    }

    private func exhibit(
        _ row: Int, _ source: ExhibitSource, _ attached: [(name: String, digest: ContentDigest, bytes: [UInt8])]
    ) -> DossierDocument.Exhibit {
        let record = source.record
        let remarks = strings.table("remarks")
        return DossierDocument.Exhibit(
            row: row, number: formal(source.number), heading: heading(source), claimedTime: claimedTime(record),
            claimedShort: claimedShort(record), observedTime: source.observedAt.instant.japanMinuteText,
            author: record.remarks.contains(Remark("file.copied-by-hand"))
                ? words("author-copied", ["author": author(record.account)]) : author(record.account),
            account: isSharing ? nil : record.account.map(detail),
            recipients: record.recipients.isEmpty ? nil : record.recipients.map { author($0) }.joined(separator: "、"),
            text: words(of: record).map(hide), url: isSharing ? nil : record.url,
            purpose: purpose(source), origin: origin(source),
            remarks: (record.remarks.map(\.code) + ownRemarks(source)).map { remarks($0) }, notes: isSharing ? [] : source.notes,
            files: attached.map { file in
                DossierDocument.File(name: file.name, digest: file.digest.hex, images: pictures(file.bytes))
            },
            position: "\(source.entry.position)", leaf: "\(source.entry.leaf)", digest: record.source.digest.hex,
            digestShort: String(record.source.digest.hex.prefix(16)), stamp: stamp(source.entry.position),
            stampShort: stampShort(source.entry.position))
    }

    func hide(_ text: String) -> String { redaction.apply(text).text }

    /// What the making of this dossier left out of the exhibit.
    private func ownRemarks(_ source: ExhibitSource) -> [String] {
        var codes: [String] = []
        if withheld.contains(source.number) { codes.append("dossier.withheld") }
        if let text = words(of: source.record), redaction.apply(text).count > 0 { codes.append("dossier.hidden-words") }
        return codes
    }

    /// The words to quote. What a program read off a picture is a guess: the paper shows the picture instead.
    private func words(of record: ParsedRecord) -> String? {
        guard !record.remarks.contains(Remark("picture.read-by-program")) else { return nil }
        return record.text.map { $0.trimmingCharacters(in: .newlines) }
    }

    /// `甲第1号証` for the folder `甲001`.
    func formal(_ number: String) -> String {
        words("exhibit-number", ["number": String(Int(number.dropFirst()) ?? 0)])
    }

    private func heading(_ source: ExhibitSource) -> String {
        let kind = strings.table("kinds")(source.record.kind.name)
        let place = strings.table("kinds")("platform.\(source.record.account?.platform.name ?? platform(source.record.scope))")
        if let name = source.record.details["name"], !isSharing { return words("heading-file", ["name": name]) }
        return words("heading", ["place": place, "kind": kind])
    }

    private func platform(_ scope: String) -> String { String(scope.prefix { $0 != "/" }) }

    private func claimedTime(_ record: ParsedRecord) -> String {
        guard let time = record.claimedTime else { return words("time-unknown") }
        let zone = time.zone == .assumedJapan ? words("zone-assumed") : words("zone-stated")
        let precision = words("precision-\(time.precision.rawValue)")
        return "\(time.japanText)（\(zone)、\(precision)）"
    }

    private func claimedShort(_ record: ParsedRecord) -> String {
        guard let time = record.claimedTime else { return words("time-unknown") }
        return time.zone == .assumedJapan ? time.japanText + "＊" : time.japanText
    }

    private func stampShort(_ position: LogPosition) -> String {
        let first = anchors.filter { $0.size > position.index }.map(\.verified.time).min()
        let kind = anchors.first { $0.size > position.index && $0.verified.time == first }.map {
            words($0.authority.isAccredited ? "accredited-short" : "not-accredited-short")
        }
        return first.map { words("stamp-short", ["time": $0.instant.japanMinuteText, "kind": kind ?? ""]) }
            ?? words("stamp-none-short")
    }

    /// The letter of the party that the account belongs to, else the account's name; never a guess at a person.
    private func author(_ account: ClaimedAccount?) -> String {
        guard let account else { return words("author-unknown") }
        if own.contains(account.key) || alternative(account).map(own.contains) ?? false { return words("author-own") }
        if let party = caseFile.parties.first(where: {
            $0.accounts.contains(account.key) || $0.accounts.contains { $0 == alternative(account) }
        }) {
            return party.letter
        }
        return isSharing ? words("other-account") : name(account)
    }

    /// A party may be named by its handle while the source gives the number, or the other way round.
    private func alternative(_ account: ClaimedAccount) -> AccountKey? {
        account.handle.map { AccountKey(platform: account.platform, form: .handle, value: $0.lowercased()) }
    }

    private func name(_ account: ClaimedAccount) -> String {
        account.handle.map { account.platform == .mail ? $0 : "@" + $0 } ?? account.displayName ?? account.id
            ?? words("author-unknown")
    }

    private func detail(_ account: ClaimedAccount) -> String {
        [account.displayName, account.handle.map { "@" + $0 }, account.id.map { "ID \($0)" }].compactMap { $0 }
            .joined(separator: " ")
    }

    func displayName(of key: AccountKey) -> String {
        let place = strings.table("kinds")("platform.\(key.platform.name)")
        switch key.form {
        case .id: return "\(place) ID \(key.value)"
        case .handle: return "\(place) @\(key.value)"
        case .name: return "\(place) \(key.value)"
        }
    }

    private func purpose(_ source: ExhibitSource) -> String {
        let titles = caseFile.incidents.filter { $0.records.contains(source.entry.position) }.map(\.title)
        return titles.isEmpty ? words("purpose-plain") : words("purpose", ["incident": hide(titles.joined(separator: "、"))])
    }

    private func origin(_ source: ExhibitSource) -> String {
        let member = source.record.source.member.map { " › \($0)" } ?? ""
        let path = isSharing ? words("origin-withheld") : (source.evidence?.path ?? "") + member
        let reader = words(
            "origin",
            ["path": path, "offset": String(source.record.source.offset), "length": String(source.record.source.length)])
        return isSharing ? path : reader
    }

    private func stamp(_ position: LogPosition) -> String {
        let covering = anchors.filter { $0.size > position.index }
        guard let first = covering.min(by: { $0.verified.time < $1.verified.time }) else { return words("stamp-none") }
        let kind = words(first.authority.isAccredited ? "accredited" : "not-accredited")
        return words(
            "stamp-before",
            ["time": first.verified.time.instant.japanText, "authority": "\(first.authority.name)、\(kind)"])
    }

    /// Pictures to print, without anything that a camera or telephone wrote into them; of a PDF its first pages.
    private func pictures(_ bytes: [UInt8]) -> [String] {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            return (1...Self.maximumPages).compactMap { page in
                (try? PDFReading.picture(of: page, in: bytes, dotsPerInch: 80)).flatMap {
                    $0.isEmpty ? nil : Self.embedded($0, "image/png")
                }
            }
        }
        guard bytes.count <= Self.maximumPictureByteCount, let info = ImageInfo(bytes) else { return [] }
        if info.format == .heic { return (try? HEIC.png(bytes)).map { [Self.embedded($0, "image/png")] } ?? [] }
        return CleanImage.clean(bytes).map { [Self.embedded($0, info.format.rawValue)] } ?? []
    }

    private static func embedded(_ bytes: [UInt8], _ type: String) -> String {
        "data:\(type);base64,\(Data(bytes).base64EncodedString())"
    }
}
