import Foundation

/// How long posts are in a population: the logarithm of lengths, within a writer and between writers.
package struct LengthBase: Sendable, Codable, Hashable {
    let mean: Double
    let within: Double
    let between: Double
}

/// The logarithm of the Bayes factor of mean lengths (two normal levels).
enum LengthScore {
    static func length(_ post: Post) -> Double { log(Double(post.letters.count) + 1) }
    /// Without marks: for the variant that leaves marks out.
    static func wordLength(_ post: Post) -> Double { log(Double(post.masked.count { !EndMarks.all.contains($0) }) + 1) }

    static func summary(_ values: [Double]) -> (mean: Double, spread: Double) {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }

    static func term(_ known: [Double], _ questioned: [Double], _ base: LengthBase) -> Double {
        let a = base.between + base.within / Double(max(1, known.count))
        let b = base.between + base.within / Double(max(1, questioned.count))
        let determinant = a * b - base.between * base.between
        let k = summary(known).mean - base.mean
        let q = summary(questioned).mean - base.mean
        let joint = (b * k * k - 2 * base.between * k * q + a * q * q) / determinant
        return -0.5 * log(determinant / (a * b)) - 0.5 * (joint - k * k / a - q * q / b)
    }
}

extension LengthBase {
    /// From writers' means, each with its number of posts and its sum of squared differences.
    package init(_ writers: [(count: Int, mean: Double, spread: Double)]) {
        let several = writers.filter { $0.count > 1 }
        let freedom = several.reduce(0.0) { $0 + Double($1.count - 1) }
        let within = several.reduce(0) { $0 + $1.spread } / max(1, freedom)
        let mean = writers.reduce(0) { $0 + $1.mean } / Double(max(1, writers.count))
        let whole = writers.reduce(0) { $0 + ($1.mean - mean) * ($1.mean - mean) } / Double(max(1, writers.count - 1))
        let noise = writers.reduce(0) { $0 + within / Double($1.count) } / Double(max(1, writers.count))
        self.init(mean: mean, within: max(within, 0.01), between: max(whole - noise, 0.01))
    }
}

/// Marks that stand at the ends of sentences. They change with the platform, and anyone can change them.
enum EndMarks {
    static let all = Set("。．.！!？?…・〜～♪☆★wｗ笑草（()）^;；".unicodeScalars.map(\.value) + [ClassMask.end])
}
