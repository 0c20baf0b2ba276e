import AkashiAuthorship
import Foundation

/// Posts by writer, and trials by size, as the corpus has them.
struct Corpus {
    /// A writer's number or name.
    struct Name: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
        }
    }

    struct Writer: Decodable {
        let author: Name
        let posts: [String]
    }

    struct Trial: Decodable {
        let id: String
        let known: [String]
        let questioned: [String]
        let same: Bool
        let ka: Name
        let qa: Name
    }

    /// A pair of writings with who wrote them.
    struct Pair {
        let known: Writing
        let questioned: Writing
        let isSame: Bool
        let writers: Set<String>
    }

    static let sizes = [10, 30, 100].flatMap { known in [1, 3, 10, 30].map { (known: known, questioned: $0) } }

    let background: [(author: String, posts: [Post])]
    let trials: [[Pair]]

    /// Reads the unpacked files of a folder.
    init(_ folder: URL) throws {
        let lines = { (name: String) in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map { Data($0.utf8) }
        }
        let decoder = JSONDecoder()
        background = try lines("background.jsonl").map { line in
            let writer = try decoder.decode(Writer.self, from: line)
            return (writer.author.text, writer.posts.prefix(400).map(Post.init))
        }
        trials = try Self.sizes.map { size in
            try lines("dev.k\(size.known).q\(size.questioned).jsonl").map { line in
                let trial = try decoder.decode(Trial.self, from: line)
                return Pair(
                    known: Writing(trial.known), questioned: Writing(trial.questioned), isSame: trial.same,
                    writers: [trial.ka.text, trial.qa.text])
            }
        }
    }

    /// Pairs drawn from some writers, so many for each size.
    static func draw(_ writers: [(author: String, posts: [Post])], count: Int, seed: UInt64) -> [[Pair]] {
        var random = SplitMix(state: seed)
        return sizes.map { size in
            (0..<count).compactMap { number in
                let one = writers[random.below(writers.count)]
                let isSame = number.isMultiple(of: 2)
                if isSame {
                    guard one.posts.count >= size.known + size.questioned else { return nil }
                    let drawn = random.sample(one.posts, size.known + size.questioned)
                    return Pair(
                        known: Writing(posts: Array(drawn.prefix(size.known))),
                        questioned: Writing(posts: Array(drawn.dropFirst(size.known))), isSame: true, writers: [one.author])
                }
                let others = writers.filter { $0.author != one.author }
                let other = others[random.below(others.count)]
                guard one.posts.count >= size.known, other.posts.count >= size.questioned else { return nil }
                return Pair(
                    known: Writing(posts: random.sample(one.posts, size.known)),
                    questioned: Writing(posts: random.sample(other.posts, size.questioned)), isSame: false,
                    writers: [one.author, other.author])
            }
        }
    }
}

/// Chance that is the same each time (Steele and others, OOPSLA 2014).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    mutating func sample<Element>(_ list: [Element], _ count: Int) -> [Element] {
        var list = list
        for index in 0..<min(count, list.count) { list.swapAt(index, index + below(list.count - index)) }
        return Array(list.prefix(count))
    }
}
