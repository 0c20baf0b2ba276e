/// A file that shows that one entry is in a log: path and checkpoint in one (C2SP tlog-proof).
public struct TlogProof: Equatable, Sendable {
    private static let head = "c2sp.org/tlog-proof@v1"

    /// Position of the entry.
    public let index: UInt64
    /// Neighbour hashes from the leaf to the root.
    public let path: [MerkleHash]
    /// The signed checkpoint, byte for byte.
    public let checkpointNote: String

    /// Takes the parts.
    public init(index: UInt64, path: [MerkleHash], checkpointNote: String) {
        self.index = index
        self.path = path
        self.checkpointNote = checkpointNote
    }

    /// The file.
    public var text: String {
        let lines = [Self.head, "index \(index)"] + path.map { StrictBase64.encode($0.bytes) }
        return lines.joined(separator: "\n") + "\n\n" + checkpointNote
    }

    /// Reads the file strictly: what `text` would not write is refused.
    public init(_ file: String) throws(NoteProblem) {
        let bytes = Array(file.utf8)
        guard let split = (0..<max(0, bytes.count - 1)).first(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 }) else {
            throw .malformed("proof")
        }
        let lines = bytes[..<split].split(separator: 10, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 2, lines[0] == Self.head, lines[1].hasPrefix("index "),
            let index = UInt64(lines[1].dropFirst(6)), lines.count <= 66
        else { throw .malformed("proof") }
        var path: [MerkleHash] = []
        for line in lines[2...] {
            guard let decoded = StrictBase64.decode(line), let hash = MerkleHash(bytes: decoded) else {
                throw .malformed("proof")
            }
            path.append(hash)
        }
        let note = String(decoding: bytes[(split + 2)...], as: UTF8.self)
        self.init(index: index, path: path, checkpointNote: note)
        guard text.utf8.elementsEqual(bytes) else { throw .malformed("proof") }
    }
}

/// A consistency proof with the newer checkpoint, in the form that a witness takes (C2SP tlog-witness, add-checkpoint).
public struct ConsistencyFile: Equatable, Sendable {
    /// Size of the older tree.
    public let oldSize: UInt64
    /// The hashes.
    public let path: [MerkleHash]
    /// The newer signed checkpoint, byte for byte.
    public let checkpointNote: String

    /// Takes the parts.
    public init(oldSize: UInt64, path: [MerkleHash], checkpointNote: String) {
        self.oldSize = oldSize
        self.path = path
        self.checkpointNote = checkpointNote
    }

    /// The file.
    public var text: String {
        let lines = ["old \(oldSize)"] + path.map { StrictBase64.encode($0.bytes) }
        return lines.joined(separator: "\n") + "\n\n" + checkpointNote
    }

    /// Reads the file strictly: what `text` would not write is refused.
    public init(_ file: String) throws(NoteProblem) {
        let bytes = Array(file.utf8)
        guard let split = (0..<max(0, bytes.count - 1)).first(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 }) else {
            throw .malformed("consistency")
        }
        let lines = bytes[..<split].split(separator: 10, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, first.hasPrefix("old "), let oldSize = UInt64(first.dropFirst(4)),
            lines.count <= 64
        else { throw .malformed("consistency") }
        var path: [MerkleHash] = []
        for line in lines[1...] {
            guard let decoded = StrictBase64.decode(line), let hash = MerkleHash(bytes: decoded) else {
                throw .malformed("consistency")
            }
            path.append(hash)
        }
        self.init(oldSize: oldSize, path: path, checkpointNote: String(decoding: bytes[(split + 2)...], as: UTF8.self))
        guard text.utf8.elementsEqual(bytes) else { throw .malformed("consistency") }
    }
}
