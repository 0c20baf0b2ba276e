import AkashiFormats
import AkashiIntake
import AkashiModel

/// Makes a record of a mail.
struct MailRecordBuilder {
    static let scope = "mail"
    /// Longest text that is taken into a record, in bytes. The mail itself is sealed whole.
    private static let maximumTextByteCount = 1 << 20

    struct Mail {
        var record: ParsedRecord
        var files: [InnerFile] = []
        var problems: [String] = []
    }

    private let member: SealedMember
    private let parser: ParserVersion

    init(_ member: SealedMember, parser: ParserVersion) {
        self.member = member
        self.parser = parser
    }

    func mail(_ bytes: [UInt8], at offset: UInt64, isMailbox: Bool) -> Mail {
        let plain = isMailbox ? MboxReader.unquoted(bytes) : bytes
        let part = MIMEPart(plain)
        let source = Locator(
            object: member.object, member: member.member, offset: offset, length: UInt64(bytes.count),
            digest: SliceDigest.of(bytes))
        let sender = MailAddress.list(part.headers.raw("from") ?? part.headers.raw("sender") ?? []).first
        var mail = Mail(
            record: ParsedRecord(
                kind: .mail, scope: Self.scope, key: MailKey.of(plain, part.headers), source: source, parser: parser))
        mail.record.account = sender.map { ClaimedAccount(platform: .mail, handle: $0.address, displayName: $0.name) }
        let receivers = ["to", "cc", "bcc"].flatMap { MailAddress.list(part.headers.raw($0) ?? []) }
        mail.record.recipients = receivers.map { ClaimedAccount(platform: .mail, handle: $0.address, displayName: $0.name) }
        time(part.headers, &mail)
        content(part, &mail)
        details(part.headers, &mail)
        if part.headers.fields.isEmpty { mail.problems.append("mail.no-header") }
        return mail
    }

    /// The sender's own date; where it is none, the time at which the last server wrote that it took the mail.
    private func time(_ headers: MailHeaders, _ mail: inout Mail) {
        if let literal = headers.text("date"), let date = MailDate(literal), let time = claimed(date, literal) {
            mail.record.claimedTime = time
            return
        }
        mail.record.remarks.append(Remark("mail.no-date"))
        for received in headers.all("received") {
            guard let literal = received.split(separator: ";").last.map({ String($0).trimmed }), let date = MailDate(literal),
                let time = claimed(date, literal)
            else { continue }
            mail.record.claimedTime = time
            mail.record.remarks.append(Remark("mail.date-of-server"))
            return
        }
    }

    private func claimed(_ date: MailDate, _ literal: String) -> ClaimedTime? {
        let parts = date.parts
        guard
            let civil = CivilTime(
                year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5])
        else { return nil }
        let offset = date.offsetMinutes ?? CivilTime.japanOffsetMinutes
        return ClaimedTime(
            literal: literal, instant: civil.instant(offsetMinutes: offset), precision: .second,
            zone: date.offsetMinutes.map { .stated(offsetMinutes: $0) } ?? .assumedJapan)
    }

    private func content(_ part: MIMEPart, _ mail: inout Mail) {
        var words: [String] = []
        var remarks: Set<String> = []
        collect(part, &words, &mail, &remarks)
        var text = words.filter { !$0.isEmpty }.joined(separator: "\n\n")
        if text.utf8.count > Self.maximumTextByteCount {
            text = String(decoding: Array(text.utf8.prefix(Self.maximumTextByteCount)), as: UTF8.self)
            remarks.insert("file.text-cut")
        }
        // Letters that only one telephone company had stand in a private place of Unicode: nobody else can show them.
        if text.unicodeScalars.contains(where: { (0xE000...0xF8FF).contains($0.value) }) {
            text = String(String.UnicodeScalarView(text.unicodeScalars.map { (0xE000...0xF8FF).contains($0.value) ? "〓" : $0 }))
            remarks.insert("mail.carrier-letters")
        }
        mail.record.text = text.isEmpty ? mail.record.details["subject"] : text
        mail.record.remarks += remarks.sorted().map(Remark.init)
    }

    private func collect(_ part: MIMEPart, _ words: inout [String], _ mail: inout Mail, _ remarks: inout Set<String>) {
        if part.isAttachment {
            attach(part, &mail)
        } else if part.mediaType == "multipart/alternative" {
            // The plain form says the same as the others; where there is none, the first that can be read.
            let plain = part.parts.first { $0.mediaType == "text/plain" && !$0.isAttachment }
            let chosen = plain ?? part.parts.first { $0.mediaType.hasPrefix("multipart/") || $0.mediaType == "text/html" }
            if let chosen { collect(chosen, &words, &mail, &remarks) }
            for other in part.parts where other.isAttachment { attach(other, &mail) }
        } else if part.mediaType.hasPrefix("multipart/") {
            if part.parts.isEmpty {
                words.append(CharsetDecoder.decode(part.body, label: nil).text)
                mail.problems.append("mail.no-boundary")
            }
            for inner in part.parts { collect(inner, &words, &mail, &remarks) }
        } else {
            let decoded = part.text
            if decoded.isLossy { remarks.insert("text.bad-bytes") }
            if decoded.isMislabelled { remarks.insert("mail.wrong-charset") }
            if part.mediaType == "text/html" {
                remarks.insert("mail.html")
                words.append(HTMLText.text(of: decoded.text))
            } else {
                words.append(decoded.text.replacing("\r\n", with: "\n").trimmed)
            }
            if decoded.text.contains("$B"), decoded.text.contains("(B"), !decoded.text.contains("\u{1B}") {
                remarks.insert("mail.escapes-lost")
            }
        }
    }

    private func attach(_ part: MIMEPart, _ mail: inout Mail) {
        let bytes = part.body
        let ending = part.mediaType == "message/rfc822" ? ".eml" : ""
        let name = part.fileName ?? "part-\(mail.files.count + 1)\(ending)"
        let digest = SliceDigest.of(bytes)
        let place = Locator(object: digest, member: nil, offset: 0, length: UInt64(bytes.count), digest: digest)
        mail.record.attachments.append(Attachment(name: name, locator: place))
        mail.files.append(InnerFile(name: name, bytes: bytes, container: member.object))
    }

    private func details(_ headers: MailHeaders, _ mail: inout Mail) {
        for (key, name) in [
            ("subject", "subject"), ("messageID", "message-id"), ("inReplyTo", "in-reply-to"), ("labels", "x-gmail-labels"),
        ] {
            if let value = headers.text(name), !value.isEmpty { mail.record.details[key] = String(value.prefix(2000)) }
        }
        if mail.record.text == nil || mail.record.text?.isEmpty == true { mail.record.text = mail.record.details["subject"] }
        // Without the key, which the sender's domain published at the time, a signature cannot be checked here.
        if headers.raw("dkim-signature") != nil { mail.record.remarks.append(Remark("mail.dkim-unchecked")) }
        if headers.raw("message-id") == nil { mail.record.remarks.append(Remark("mail.no-message-id")) }
    }
}

/// What tells a mail from all others, the same in every export.
enum MailKey {
    /// Fields that mail programs and exporters add on top or change afterwards.
    private static let added: Set<String> = [
        "x-gm-thrid", "x-gmail-labels", "status", "x-status", "x-keywords", "x-mozilla-status", "x-mozilla-status2",
        "x-mozilla-keys", "x-uid", "x-uidl", "content-length", "lines", "x-account-key",
    ]

    /// The Message-ID, which anybody can write twice, and a hash of the mail as it was sent.
    static func of(_ bytes: [UInt8], _ headers: MailHeaders) -> String {
        let hash = String(SliceDigest.of(canonical(bytes)).hex.prefix(24))
        guard let id = headers.text("message-id"), !id.isEmpty else { return "#\(hash)" }
        return "\(id.prefix(300))#\(hash)"
    }

    /// Line ends as LF, without the added fields, without line ends at the end.
    private static func canonical(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isHeader = true
        var isSkipped = false
        for var line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if line.last == 13 { line = line.dropLast() }
            if isHeader {
                if line.isEmpty { isHeader = false }
                let isFolded = line.first == 32 || line.first == 9
                if !isFolded, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                    isSkipped = added.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased())
                } else if !isFolded {
                    isSkipped = false
                }
                if isSkipped { continue }
            }
            result += line
            result.append(10)
        }
        while result.last == 10 { result.removeLast() }
        return result
    }
}
