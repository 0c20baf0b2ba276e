import Foundation

/// Where a writing stands among kinds of text: how expected it is, how long posts are, how they end, which scripts they have. Means over posts.
package struct Traits: Sendable, Codable, Hashable {
    package static let count = 10

    /// Posts behind the means.
    package let postCount: Int
    package let means: [Double]

    package init(postCount: Int, means: [Double]) {
        self.postCount = postCount
        self.means = means
    }

    /// - Parameter grams: always the program's own population, so that traits of all kinds of text lie in one space.
    package init(_ posts: [Post], _ grams: GramBase) {
        var sums = [Double](repeating: 0, count: Self.count)
        for post in posts {
            for (number, value) in Self.values(post, grams).enumerated() { sums[number] += value }
        }
        postCount = posts.count
        means = sums.map { $0 / Double(max(1, posts.count)) }
    }

    package static func values(_ post: Post, _ grams: GramBase) -> [Double] {
        var bits = 0.0
        post.eachGram { gram in
            if gram.order == 3 { bits += log2(grams.probability(gram)) }
        }
        var values = [Double](repeating: 0, count: count)
        values[0] = bits / Double(post.masked.count + 1)
        values[1] = LengthScore.length(post)
        switch post.letters.last {
        case 0x3002, 0xFF0E, 0x2E: values[2] = 1
        case 0xFF01, 0x21, 0xFF1F, 0x3F: values[3] = 1
        case let letter? where EndMarks.all.contains(letter): values[4] = 1
        default: break
        }
        for letter in post.letters {
            switch letter {
            case 0x3041...0x309F: values[5] += 1
            case 0x4E00...0x9FFF, 0x3005: values[6] += 1
            case 0x30A0...0x30FF: values[7] += 1
            case 0..<0x80: values[8] += 1
            case 0x3001, 0xFF0C: values[9] += 1
            default: break
            }
        }
        for number in 5..<count { values[number] /= Double(max(1, post.letters.count)) }
        return values
    }
}
