import AkashiAge
import AkashiModel
import AkashiProof

/// Entries in one encrypted file: JSON lines, or `#` and a leaf hash where an entry's words were removed.
enum EntryBundle {
    static let maximumEntries = 1024
    static let maximumByteCount = 4 << 20

    static func encode(_ entries: [LedgerEntry], keys: VaultKeys, random: RandomBytes) throws(VaultError) -> [UInt8] {
        var lines: [UInt8] = []
        for entry in entries {
            lines += entry.bytes ?? Array("#\(entry.leaf)".utf8)
            lines.append(UInt8(ascii: "\n"))
        }
        do {
            return try AgeEncryptor.encrypt(lines, to: [keys.identity.recipient], random: random)
        } catch {
            throw VaultError(.fileFailure, ["file": "entries"])
        }
    }

    static func decode(_ file: [UInt8], first: UInt64, keys: VaultKeys) throws(VaultError) -> [LedgerEntry] {
        let name = VaultLayout.bundleName(first: first)
        let lines: [UInt8]
        do {
            lines = try AgeDecryptor.decrypt(file, identities: [keys.identity])
        } catch {
            throw VaultError(.entriesDamaged, ["file": name])
        }
        guard lines.last == UInt8(ascii: "\n") else { throw VaultError(.entriesDamaged, ["file": name]) }
        var entries: [LedgerEntry] = []
        for line in lines.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let position = LogPosition(first + UInt64(entries.count))
            if line.first == UInt8(ascii: "#") {
                guard let bytes = Hex.decode(String(decoding: line.dropFirst(), as: UTF8.self)),
                    let leaf = MerkleHash(bytes: bytes)
                else { throw VaultError(.entriesDamaged, ["file": name]) }
                entries.append(LedgerEntry(position: position, removedLeaf: leaf))
            } else {
                entries.append(LedgerEntry(position: position, bytes: Array(line)))
            }
        }
        return entries
    }

    /// Cuts entries into bundles of bounded size.
    static func split(_ entries: [LedgerEntry]) -> [ArraySlice<LedgerEntry>] {
        var bundles: [ArraySlice<LedgerEntry>] = []
        var start = entries.startIndex
        var byteCount = 0
        for index in entries.indices {
            byteCount += entries[index].bytes?.count ?? 0
            if index - start + 1 == maximumEntries || byteCount >= maximumByteCount || index == entries.endIndex - 1 {
                bundles.append(entries[start...index])
                start = index + 1
                byteCount = 0
            }
        }
        return bundles
    }
}
