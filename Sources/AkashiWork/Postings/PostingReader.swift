import AkashiFormats
public import AkashiKnowledge
import AkashiText
import Foundation

/// Reads postings out of what she saved: pages, feeds, tables, and the sheets of Hello Work as text. It fetches nothing.
public struct PostingReader: Sendable {
    let plain: PlainReading
    let labels: LabelTable
    let occupations: Occupations
    let pasted: PastedText.Words

    /// Reads the words and labels.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws(KnowledgeError) {
        plain = try PlainReading(knowledge)
        labels = try LabelTable(knowledge)
        occupations = try Occupations(knowledge)
        let words: PastedWords = try knowledge.yaml("work/words.yaml")
        pasted = words.pasted
    }

    private struct PastedWords: Decodable {
        let pasted: PastedText.Words
    }

    /// The postings of a file, and what could not be read.
    ///
    /// - Parameter file: its name, by whose ending nothing is decided.
    public func read(_ bytes: [UInt8], file: String) -> (postings: [Posting], problems: [PostingProblem]) {
        let text = CharsetDecoder.decode(bytes, label: nil).text
        let head = text.prefix(2_000).lowercased()
        var found: [Posting]
        if head.contains("<rss") || head.contains("<source") || head.contains("<jobs")
            || (head.hasPrefix("<?xml") && head.contains("<job"))
        {
            found = feed(text, file)
        } else if head.contains("<html") || head.contains("<!doctype html") || head.contains("itemscope")
            || text.contains("application/ld+json")
        {
            found = page(text, file)
        } else if isTable(text) {
            found = table(bytes, text, file)
        } else {
            found = [sheet(text, file, 0)]
        }
        for place in found.indices {
            complete(&found[place])
            found[place].look = PostingLook(found[place])
        }
        // Words with a first line and nothing that a posting says are none.
        let isEmpty = found.allSatisfy { posting in
            posting.named.isEmpty && posting.pay == nil && posting.employer == nil && posting.employment == nil
                && posting.address == nil && posting.remote == nil
        }
        return (found, isEmpty ? [PostingProblem(file: file, code: found.isEmpty ? "empty" : "unknown")] : [])
    }

    private func isTable(_ text: String) -> Bool {
        guard let line = text.split(whereSeparator: \.isNewline).first else { return false }
        let cells = line.split { ",\t".contains($0) }
        guard cells.count >= 4, cells.allSatisfy({ $0.count <= 20 }) else { return false }
        return cells.count { labels.kind(of: String($0)) != nil } >= 3
    }
}
