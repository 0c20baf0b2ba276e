import CLibArchive
import Foundation

/// One member of a zip archive.
public struct ZipEntry: Equatable, Sendable {
    /// Position in the archive, from 0.
    public let index: Int
    /// The path as the archive spells it, decoded; `/` between folders.
    public let path: String
    /// What the archive says of its size; it may lie.
    public let claimedByteCount: UInt64?
    /// Why its content is not read; nil if it is.
    public let refusal: ZipProblem?
}

/// What is wrong with an archive or one of its members.
public enum ZipProblem: String, Error, Equatable, Sendable, CaseIterable {
    /// It is not a zip archive, or it is cut.
    case damaged = "zip.damaged"
    /// Absolute, with `..`, a drive letter, a NUL or a line end.
    case hostilePath = "zip.hostile-path"
    /// A symbolic link or a device.
    case notAFile = "zip.not-a-file"
    /// Needs a password.
    case encrypted = "zip.encrypted"
    /// Another member has the same path, or one that differs only in case or in how letters are composed.
    case duplicatePath = "zip.duplicate-path"
    /// The content is longer or shorter than the archive says.
    case wrongSize = "zip.wrong-size"
    /// More members than are read.
    case tooManyMembers = "zip.too-many-members"
    /// Unpacks to more than is read: a zip bomb, or an honest archive that is too large.
    case tooLarge = "zip.too-large"
}

/// Limits for one archive.
public struct ZipLimits: Sendable {
    /// Members that are listed.
    public var maximumMembers = 250_000
    /// Unpacked bytes of one member.
    public var maximumMemberByteCount: UInt64 = 8 << 30
    /// Unpacked bytes of the whole archive for each packed byte, after the allowance.
    public var maximumRatio: UInt64 = 100
    /// Unpacked bytes that are always allowed.
    public var allowance: UInt64 = 256 << 20

    /// The limits that the product uses.
    public init() {}
}

/// A zip archive, read member by member. Nothing is ever written under a name from the archive.
///
/// libarchive only goes forward, so members are cheapest to open in the order of the archive.
public final class ZipArchive {
    /// The members, in order.
    public private(set) var entries: [ZipEntry] = []
    /// What is wrong with the archive as a whole.
    public private(set) var problems: [ZipProblem] = []

    private let bytes: any RandomAccessBytes
    private let limits: ZipLimits
    private var cursor: ZipCursor?
    private var unpackedByteCount: UInt64 = 0

    /// Whether some bytes begin like a zip archive.
    public static func isZip(_ head: some Collection<UInt8>) -> Bool {
        let head = Array(head.prefix(4))
        return head == [0x50, 0x4b, 3, 4] || head == [0x50, 0x4b, 5, 6]
    }

    /// Lists an archive. Damage at the end leaves what could be listed, and a problem.
    public init(_ bytes: any RandomAccessBytes, limits: ZipLimits = ZipLimits()) {
        self.bytes = bytes
        self.limits = limits
        list()
    }

    /// Opens a member's content. The stream throws ``ZipProblem`` where content and limits or claims do not fit.
    public func open(_ entry: ZipEntry) throws -> any ByteStream {
        if let refusal = entry.refusal { throw refusal }
        if let cursor, cursor.position < entry.index, !cursor.isBroken {
            try cursor.advance(to: entry.index)
        } else {
            let cursor = try ZipCursor(bytes)
            self.cursor = cursor
            try cursor.advance(to: entry.index)
        }
        guard let cursor else { throw ZipProblem.damaged }
        return ZipMemberStream(archive: self, cursor: cursor, entry: entry)
    }

    /// Counts unpacked bytes against the limit of the whole archive.
    func count(_ byteCount: Int, ofMember total: UInt64) throws {
        unpackedByteCount += UInt64(byteCount)
        let allowed = limits.allowance + bytes.byteCount * limits.maximumRatio
        guard total <= limits.maximumMemberByteCount, unpackedByteCount <= allowed else { throw ZipProblem.tooLarge }
    }

    /// Forgets what was unpacked so far: for a second pass over the same archive.
    public func restartCounting() { unpackedByteCount = 0 }

    private func list() {
        do {
            let cursor = try ZipCursor(bytes)
            var seen: Set<String> = []
            while let found = try cursor.next() {
                if found.isFolder { continue }
                guard entries.count < limits.maximumMembers else {
                    problems.append(.tooManyMembers)
                    return
                }
                var refusal = found.refusal
                let isNew = seen.insert(found.path.precomposedStringWithCanonicalMapping.lowercased()).inserted
                if !isNew, refusal == nil { refusal = .duplicatePath }
                entries.append(
                    ZipEntry(
                        index: cursor.position, path: found.path, claimedByteCount: found.byteCount, refusal: refusal))
            }
        } catch {
            problems.append(.damaged)
        }
    }
}
