/// The members of a talk whose names are sure, for telling names from texts where one space stands between both.
struct LineNames {
    private var byFirstWord: [ArraySlice<UInt8>: [[UInt8]]] = [:]

    /// Takes names; an empty one is left out.
    init(_ names: some Sequence<[UInt8]>) {
        for name in Set(names) where !name.isEmpty { byFirstWord[Self.firstWord(name[...]), default: []].append(name) }
        // The longest first: 山田 太郎 before 山田.
        for word in byFirstWord.keys { byFirstWord[word]?.sort { $0.count > $1.count } }
    }

    /// Number of bytes of the longest name that a line begins with; nil if it begins with none.
    func length(in line: ArraySlice<UInt8>) -> Int? {
        byFirstWord[Self.firstWord(line)]?.first { name in
            line.starts(with: name)
                && (line.count == name.count || line[line.startIndex + name.count] == LineBytes.space)
        }?.count
    }

    /// Whether this is a member's name.
    func contains(_ name: String) -> Bool { length(in: Array(name.utf8)[...]) == name.utf8.count }

    /// The bytes before the first space.
    static func firstWord(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.prefix { $0 != LineBytes.space } }
}
