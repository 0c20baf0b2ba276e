public import AkashiFormats
public import AkashiModel

/// A file, or a member of an archive, whose bytes are sealed. Only such bytes are ever parsed.
public struct SealedMember: Sendable {
    /// The path as its folder or archive spells it, `/` between folders.
    public let path: String
    /// The sealed object that the bytes are in.
    public let object: ContentDigest
    /// The member's path inside the object, if the object is an archive.
    public let member: String?
    /// Position in its tree, which is the cheapest order to open members in.
    public let index: Int

    /// Takes the parts.
    public init(path: String, object: ContentDigest, member: String?, index: Int) {
        self.path = path
        self.object = object
        self.member = member
        self.index = index
    }

    /// The last part of the path.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// All that one intake brought: the files of a folder, or the members of an archive.
public final class SealedTree {
    /// Opens the bytes of a member, from the first on.
    public typealias Open = (SealedMember) throws -> any ByteStream

    /// The members, in the order that is cheapest to open them in.
    public let members: [SealedMember]
    private let openMember: Open

    /// Takes the members and a way to open them.
    public init(members: [SealedMember], open: @escaping Open) {
        self.members = members
        openMember = open
    }

    /// Opens the bytes of a member, from the first on.
    public func open(_ member: SealedMember) throws -> any ByteStream { try openMember(member) }

    /// The first bytes of a member, for telling formats apart.
    public func head(_ member: SealedMember, count: Int = 4096) throws -> [UInt8] {
        let stream = try open(member)
        var head: [UInt8] = []
        while head.count < count {
            let piece = try stream.read(upTo: count - head.count)
            if piece.isEmpty { break }
            head += piece
        }
        return head
    }
}
