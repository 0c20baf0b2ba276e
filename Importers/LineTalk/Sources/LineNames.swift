/// The members of a talk whose names are sure, for telling names from texts where one space stands between both.
struct LineNames {
    /// Names with the same first word that are kept, so that a file made to be slow is not.
    private static let maximumSharingCount = 200

    private var byFirstWord: [ArraySlice<UInt8>: [(name: [UInt8], isSure: Bool)]] = [:]

    /// Takes names, and beginnings of lines that are a name or a name and a word, nobody knows.
    init(sure: Set<[UInt8]> = [], doubtful: Set<[UInt8]> = []) {
        for name in sure.union(doubtful) where !name.isEmpty {
            byFirstWord[Self.firstWord(name[...]), default: []].append((name, !doubtful.contains(name)))
        }
        // The longest first: 山田 太郎 before 山田.
        byFirstWord = byFirstWord.mapValues { names in
            let sorted = names.sorted { left, right in
                left.name.count == right.name.count
                    ? left.name.lexicographicallyPrecedes(right.name) : left.name.count > right.name.count
            }
            return Array(sorted.prefix(Self.maximumSharingCount))
        }
    }

    /// The longest name that a line begins with, as its number of bytes, and whether it is sure; nil if there is none.
    func match(_ line: ArraySlice<UInt8>) -> (length: Int, isSure: Bool)? {
        let found = byFirstWord[Self.firstWord(line)]?.first { entry in
            line.starts(with: entry.name)
                && (line.count == entry.name.count || line[line.startIndex + entry.name.count] == LineBytes.space)
        }
        return found.map { ($0.name.count, $0.isSure) }
    }

    /// Whether this is a member's name; nil if nothing is known of it.
    func isSure(_ name: String) -> Bool? {
        let found = match(Array(name.utf8)[...])
        return found?.length == name.utf8.count ? found?.isSure : nil
    }

    /// The bytes before the first space.
    static func firstWord(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.prefix { $0 != LineBytes.space } }
}
