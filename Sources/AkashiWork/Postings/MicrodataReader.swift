import AkashiFormats
import Foundation

/// Microdata: what stands in an element with `itemprop`, in the nearest JobPosting around it (HTML, 5.2).
struct MicrodataReader {
    private struct Element {
        let name: String
        let property: String?
        let isJob: Bool
        var words = ""
    }

    private static let void: Set<String> = ["meta", "link", "img", "br", "hr", "input", "source", "wbr"]

    private var open: [Element] = []
    private var jobs: [(fields: [String: String], text: String)] = []
    /// Ids of elements that stand elsewhere on the page (`itemref`), where there is one posting.
    private let elsewhere: Set<String>

    /// The fields and the words of each posting.
    static func jobs(_ pieces: [TagPiece]) -> [(fields: [String: String], text: String)] {
        var reader = MicrodataReader(pieces)
        for piece in pieces { reader.take(piece) }
        return reader.jobs
    }

    private init(_ pieces: [TagPiece]) {
        let tags = pieces.compactMap { piece -> [String: String]? in
            if case .begin(_, let attributes, _) = piece, Self.isPosting(attributes) { attributes } else { nil }
        }
        elsewhere = tags.count == 1 ? Set((tags[0]["itemref"] ?? "").split(separator: " ").map(String.init)) : []
        if !elsewhere.isEmpty { jobs.append(([:], "")) }
    }

    private static func isPosting(_ attributes: [String: String]) -> Bool {
        attributes["itemtype"]?.hasSuffix("JobPosting") ?? false
    }

    private mutating func take(_ piece: TagPiece) {
        switch piece {
        case .begin(let name, let attributes, let isClosed): begin(name, attributes, isClosed)
        case .words(let words):
            for place in open.indices { open[place].words += words }
            if !jobs.isEmpty, open.contains(where: \.isJob) { jobs[jobs.count - 1].text += words + "\n" }
        case .end(let name):
            guard let place = open.lastIndex(where: { $0.name == name }) else { return }
            while open.count > place {
                let last = open.removeLast()
                guard let property = last.property, !last.isJob, last.words.contains(where: { !$0.isWhitespace }) else {
                    continue
                }
                // Within itself, so that what is around it is known.
                open.append(Element(name: last.name, property: nil, isJob: false))
                note(property, last.words)
                open.removeLast()
            }
        }
    }

    private mutating func begin(_ name: String, _ attributes: [String: String], _ isClosed: Bool) {
        let isPosting = Self.isPosting(attributes)
        let isJob = isPosting || attributes["id"].map(elsewhere.contains) ?? false
        if isPosting, elsewhere.isEmpty { jobs.append(([:], "")) }
        let property = attributes["itemprop"]
        if let property,
            let value = attributes["content"] ?? attributes["datetime"] ?? (name == "data" ? attributes["value"] : nil)
                ?? (Self.void.contains(name) ? attributes["href"] : nil)
        {
            note(property, value)
        }
        if !isClosed, !Self.void.contains(name) { open.append(Element(name: name, property: property, isJob: isJob)) }
    }

    private mutating func note(_ property: String, _ value: String) {
        guard !jobs.isEmpty, open.contains(where: \.isJob) else { return }
        let path = open.compactMap(\.property)
        for name in property.split(separator: " ").map(String.init) {
            let key = path.contains("hiringOrganization") && name == "name" ? "employer" : name
            if jobs[jobs.count - 1].fields[key] == nil {
                jobs[jobs.count - 1].fields[key] = value.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
    }
}
