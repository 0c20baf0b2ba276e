import AkashiFormats
public import AkashiModel

extension Claim {
    /// A file that a record of the source names: by its path inside the source, or by an address, which is never fetched.
    ///
    /// - Returns: an attachment without a place where the source does not hold the file, or the path leads out of it.
    public func attachment(_ path: String, in tree: SealedTree) -> Attachment {
        let name = path.split(separator: "/").last.map { String($0.prefix(200)) } ?? "file"
        if path.contains("://") { return Attachment(name: name, locator: nil, claimedURL: path) }
        let inside = root + path.drop { $0 == "/" }
        guard !path.contains(".."), let member = members.first(where: { $0.path == inside }),
            let (digest, count) = (try? tree.open(member)).flatMap({ try? SliceDigest.of($0) })
        else { return Attachment(name: name, locator: nil) }
        return Attachment(
            name: name, locator: Locator(object: member.object, member: member.member, offset: 0, length: count, digest: digest))
    }
}
