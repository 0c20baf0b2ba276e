import AkashiFormats
import AkashiIntake
import AkashiModel

extension XReading {
    /// The record of one element; nil if it is not what its file should hold.
    func parse(_ element: JSONArraySplitter.Element, _ type: XFileType, _ member: SealedMember) -> ParsedRecord? {
        let source = locator(member, offset: element.offset, element.bytes)
        let scope = scope(of: type) ?? ""
        switch type {
        case .tweets, .communityTweets, .monthlyTweets:
            return LenientJSON.decode(element.bytes, wrapper: "tweet", as: XTweet.self).map { post($0, .post, scope, source) }
        case .deletedTweets:
            return LenientJSON.decode(element.bytes, wrapper: "tweet", as: XTweet.self)
                .map { post($0, .deletedPost, scope, source) }
        case .noteTweets, .deletedNoteTweets:
            return XNote.decode(element.bytes).map { note($0, isDeleted: type == .deletedNoteTweets, scope, source) }
        case .likes:
            guard let fields = LenientJSON.decode(element.bytes, wrapper: "like", as: Fields.self),
                let id = fields["tweetId"]
            else { return nil }
            // When she liked it, and who wrote it, the archive does not say: nothing is made up.
            return ParsedRecord(
                kind: .like, scope: scope, key: id, account: owner, text: fields["fullText"].map(XText.unescape),
                url: fields["expandedUrl"], source: source, parser: parser, details: ["tweetID": id])
        case .blocks: return relation(element.bytes, "blocking", .block, scope, source)
        case .mutes: return relation(element.bytes, "muting", .mute, scope, source)
        case .manifest, .account, .directMessages, .groupMessages: return nil
        }
    }

    private func relation(
        _ bytes: [UInt8], _ wrapper: String, _ kind: RecordKind, _ scope: String, _ source: Locator
    ) -> ParsedRecord? {
        guard let fields = LenientJSON.decode(bytes, wrapper: wrapper, as: Fields.self), let id = fields["accountId"] else {
            return nil
        }
        return ParsedRecord(
            kind: kind, scope: scope, key: id, account: owner, recipients: [ClaimedAccount(platform: .x, id: id)],
            url: fields["userLink"], source: source, parser: parser)
    }

    private func post(_ tweet: XTweet, _ kind: RecordKind, _ scope: String, _ source: Locator) -> ParsedRecord {
        let mediaLinks = tweet.media.compactMap(\.link)
        let (text, entitiesFit) = XText.readable(tweet.text, urls: tweet.entities.urls, media: mediaLinks)
        var record = ParsedRecord(
            kind: kind, scope: scope, key: tweet.id, account: owner, text: text, source: source, parser: parser)
        if !entitiesFit { record.remarks.append(Remark("x.links-out-of-place")) }
        setTime(of: tweet, &record)
        record.url = "https://x.com/\(owner?.handle ?? "i")/status/\(tweet.id)"
        record.remarks.append(Remark("x.address-built-from-id"))
        record.attachments = tweet.media.compactMap { attachment(of: $0, id: tweet.id) }
        setRepost(&record)
        setReply(of: tweet, &record)
        let quoted = tweet.entities.urls.compactMap(\.expanded).filter(Self.isStatusAddress)
        if !quoted.isEmpty { record.details["quotes"] = quoted.joined(separator: " ") }
        if let deletedAt = tweet.deletedAt { record.details["deletedAt"] = deletedAt }
        if let client = tweet.client.flatMap(Self.clientName) { record.details["client"] = client }
        if let initial = tweet.initialTweetID, initial != tweet.id {
            record.details["editOf"] = initial
            record.remarks.append(Remark("x.edited-version"))
        } else if tweet.editIDs.count > 1 {
            record.details["edits"] = tweet.editIDs.joined(separator: " ")
            record.remarks.append(Remark("x.was-edited"))
        }
        if let time = record.claimedTime?.instant, let note = notes.note(for: tweet, at: time) {
            record.details["longForm"] = note
            record.remarks.append(Remark("x.long-form-elsewhere"))
        }
        return record
    }

    /// The time as written; from the id only where none is written, and said so.
    private func setTime(of tweet: XTweet, _ record: inout ParsedRecord) {
        let fromID = XTime.instant(ofID: tweet.id)
        if let written = tweet.createdAt.flatMap({ XTime.twitter($0) ?? XTime.iso($0) }) {
            record.claimedTime = written
            if let fromID, abs(fromID.milliseconds - written.instant.milliseconds) > 2000 {
                record.remarks.append(Remark("x.time-and-id-differ"))
            }
        } else if let fromID {
            record.claimedTime = ClaimedTime(
                literal: "id \(tweet.id)", instant: fromID, precision: .millisecond, zone: .stated(offsetMinutes: 0))
            record.remarks.append(Remark("x.time-from-id"))
        }
    }

    private func setRepost(_ record: inout ParsedRecord) {
        guard let text = record.text, text.hasPrefix("RT @"), let colon = text.firstIndex(of: ":") else { return }
        let handle = text[text.index(text.startIndex, offsetBy: 4)..<colon]
        guard (1...20).contains(handle.utf8.count), handle.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else {
            return
        }
        if record.kind == .post { record.kind = .repost }
        record.details["repostOf"] = String(handle)
        // X cut reposts in the archive without saying so: never to be shown as the other person's full words.
        if text.hasSuffix("…") { record.remarks.append(Remark("x.repost-cut")) }
    }

    private func setReply(of tweet: XTweet, _ record: inout ParsedRecord) {
        if let id = tweet.replyStatusID { record.details["replyTo"] = id }
        guard tweet.replyUserID != nil || tweet.replyHandle != nil else { return }
        record.recipients = [ClaimedAccount(platform: .x, id: tweet.replyUserID, handle: tweet.replyHandle)]
        if tweet.replyStatusID == nil { record.remarks.append(Remark("x.reply-without-parent")) }
    }

    private func note(_ note: XNote, isDeleted: Bool, _ scope: String, _ source: Locator) -> ParsedRecord {
        let (text, entitiesFit) = XText.readable(note.text, urls: note.urls.filter { $0.range != nil }, media: [])
        var record = ParsedRecord(
            kind: isDeleted ? .deletedPost : .longPost, scope: scope, key: note.id, account: owner,
            claimedTime: note.createdAt.flatMap { XTime.iso($0) ?? XTime.twitter($0) }, text: text, source: source,
            parser: parser)
        if !entitiesFit { record.remarks.append(Remark("x.links-out-of-place")) }
        return record
    }

    /// A media file of a post or message: `<id>-<last part of its address>`.
    func attachment(of item: XMedia, id: String) -> Attachment? {
        guard let name = item.fileName else { return nil }
        return attachment(named: "\(id)-\(name)", url: item.fileURL)
    }

    func attachment(named name: String, url: String?) -> Attachment {
        Attachment(name: name, locator: media[name]?.locator, claimedURL: url)
    }

    private static func isStatusAddress(_ address: String) -> Bool {
        let parts = address.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count >= 5 else { return false }
        let host = parts[1].lowercased().replacing("www.", with: "").replacing("mobile.", with: "")
        return (host == "twitter.com" || host == "x.com") && parts[3] == "status" && parts[4].first?.isNumber == true
    }

    /// `<a href="…" rel="nofollow">Twitter for iPhone</a>` without the link.
    private static func clientName(_ html: String) -> String? {
        guard let open = html.firstIndex(of: ">"), let close = html.lastIndex(of: "<"), open < close else {
            return html.isEmpty ? nil : html
        }
        let name = html[html.index(after: open)..<close]
        return name.isEmpty ? nil : XText.unescape(String(name))
    }
}
