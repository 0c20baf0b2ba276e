import AkashiIntake

/// What a file of an archive holds, told from its name; parts (`tweets-part1.js`) are of the same type.
enum XFileType: String, CaseIterable {
    case manifest
    case account
    case tweets
    case communityTweets = "community-tweet"
    case deletedTweets = "deleted-tweets"
    case noteTweets = "note-tweet"
    case deletedNoteTweets = "deleted-note-tweet"
    case directMessages = "direct-messages"
    case groupMessages = "direct-messages-group"
    case likes = "like"
    case blocks = "block"
    case mutes = "mute"
    case monthlyTweets = "grailbird"

    private static let names: [String: XFileType] = [
        "manifest": .manifest, "account": .account,
        "tweet": .tweets, "tweets": .tweets, "community-tweet": .communityTweets, "community-tweets": .communityTweets,
        "deleted-tweet": .deletedTweets, "deleted-tweets": .deletedTweets,
        "note-tweet": .noteTweets, "note-tweets": .noteTweets,
        "deleted-note-tweet": .deletedNoteTweets, "deleted-note-tweets": .deletedNoteTweets,
        "direct-message": .directMessages, "direct-messages": .directMessages,
        "direct-message-group": .groupMessages, "direct-messages-group": .groupMessages,
        "like": .likes, "likes": .likes, "block": .blocks, "blocks": .blocks, "mute": .mutes, "mutes": .mutes,
    ]

    init?(member: SealedMember) {
        guard member.name.hasSuffix(".js") else { return nil }
        var stem = String(member.name.dropLast(3)).lowercased()
        if let part = stem.range(of: "-part"), stem[part.upperBound...].allSatisfy(\.isNumber) {
            stem = String(stem[..<part.lowerBound])
        }
        // Copies that a browser or a hand has renamed: `tweets (1).js`.
        if let copy = stem.range(of: " (") { stem = String(stem[..<copy.lowerBound]) }
        if let type = Self.names[stem] {
            self = type
        } else if member.path.contains("data/js/tweets/"), stem.count == 7, stem.contains("_") {
            self = .monthlyTweets
        } else {
            return nil
        }
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<Index>? { ranges(of: part).last }
}
