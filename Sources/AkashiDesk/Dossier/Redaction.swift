import AkashiText

/// Takes words out of what is printed for others, and puts a black mark of one length in their place.
///
/// The words are gone from the text: nothing lies under the mark, and its length tells nothing.
struct Redaction {
    /// What stands in the place of words.
    static let mark = "■■■"

    private let needles: [[Unicode.Scalar]]

    /// Takes the words; blank ones count for nothing.
    init(_ words: [String]) {
        // Longer ones first: a name and family name is one place, not two.
        needles = words.map { FoldedText($0.trimmingSpace()).scalars }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    /// The text without the words, whatever their width, kana or case; and in how many places they stood.
    func apply(_ text: String) -> (text: String, count: Int) {
        var found: [Range<Int>] = []
        let folded = FoldedText(text)
        for needle in needles {
            var start = 0
            while let range = folded.firstRange(of: needle, from: start) {
                found.append(folded.rawRange(range))
                start = range.upperBound
            }
        }
        guard !found.isEmpty else { return (text, 0) }
        var places: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = places.last, range.lowerBound <= last.upperBound {
                places[places.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                places.append(range)
            }
        }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var at = 0
        for place in places {
            result += bytes[at..<place.lowerBound] + Array(Self.mark.utf8)
            at = place.upperBound
        }
        return (String(decoding: result + bytes[at...], as: UTF8.self), places.count)
    }
}

extension String {
    fileprivate func trimmingSpace() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
