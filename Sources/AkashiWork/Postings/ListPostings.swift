import AkashiFormats
import Foundation

/// Feeds, tables, and sheets as text.
extension PostingReader {
    /// Indeed-style XML (`job`) and RSS (`item`).
    func feed(_ text: String, _ file: String) -> [Posting] {
        var found: [Posting] = []
        var fields: [(name: String, words: String)] = []
        var isInside = false
        var element = ""
        for piece in TagReader.pieces(text, isXML: true) {
            switch piece {
            case .begin(let name, _, let isClosed):
                let name = Self.localName(name)
                if name == "job" || name == "item" {
                    (isInside, fields) = (true, [])
                } else if isInside, !isClosed {
                    element = name
                    fields.append((name, ""))
                }
            case .words(let words): if isInside, !element.isEmpty, !fields.isEmpty { fields[fields.count - 1].words += words }
            case .end(let name):
                let name = Self.localName(name)
                if isInside, name == "job" || name == "item" {
                    found.append(posting(fields, file, found.count))
                    isInside = false
                }
                element = ""
            }
        }
        return found
    }

    /// Without its namespace: job:company is company.
    private static func localName(_ name: String) -> String {
        (name.split(separator: ":").last.map(String.init) ?? name).lowercased()
    }

    private func posting(_ fields: [(name: String, words: String)], _ file: String, _ index: Int) -> Posting {
        var posting = Posting(file: file, index: index)
        for (name, words) in fields {
            let words = words.contains("<") ? HTMLText.text(of: words) : words.trimmingCharacters(in: .whitespacesAndNewlines)
            set(name, words, in: &posting)
            posting.text += words + "\n"
        }
        // What an item of RSS says stands in its description, in lines of label and value.
        for name in ["description", "encoded"] { if let words = posting.named[name] { labelled(words, &posting) } }
        return posting
    }

    func table(_ bytes: [UInt8], _ text: String, _ file: String) -> [Posting] {
        var found: [Posting] = []
        var header: [String] = []
        let utf8 = Array(text.utf8)
        let head = utf8.prefix { $0 != 10 }
        var reader = CSVReader(separator: CSVReader.separator(of: head))
        let take: (CSVReader.Row) -> Void = { row in
            let cells = row.fields.map { String(decoding: $0, as: UTF8.self) }
            guard !header.isEmpty else {
                header = cells.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
                return
            }
            guard cells.contains(where: { !$0.isEmpty }) else { return }
            var posting = Posting(file: file, index: found.count)
            for (label, cell) in zip(header, cells) { set(label, cell, in: &posting) }
            posting.text = cells.joined(separator: "\n")
            found.append(posting)
        }
        reader.update(utf8, take) { _, _ in }
        reader.finish(take) { _, _ in }
        return found
    }

    /// A sheet: labels with their values behind them, below them, or behind a tab.
    func sheet(_ text: String, _ file: String, _ index: Int) -> Posting {
        var posting = Posting(file: file, index: index)
        posting.text = text
        labelled(text, &posting)
        let words = PastedText(text, occupations, pasted)
        let title = posting.title == nil ? words.title : nil
        if let title { posting.title = Stated(title.text, title.text) }
        if posting.employer == nil, let employer = words.employer(besides: title?.place) {
            posting.employer = Stated(employer, employer)
        }
        return posting
    }

    func labelled(_ text: String, _ posting: inout Posting) {
        var label: String?
        var value: [String] = []
        func close() {
            if let label { set(label, value.joined(separator: "\n"), in: &posting) }
            (label, value) = (nil, [])
        }
        for line in SheetLines(labels: labels).lines(text) {
            if let (found, rest) = beginning(of: line) {
                close()
                label = found
                if !rest.isEmpty { value = [rest] }
            } else if label != nil {
                value.append(line)
            }
        }
        close()
    }

    /// Signs between a label and its value, those that say more first.
    private static let signs = [
        CharacterSet(charactersIn: "：:】］]|｜=＝"), CharacterSet(charactersIn: "\t"), CharacterSet(charactersIn: " 　"),
    ]
    private static let allSigns = CharacterSet(charactersIn: "：:】］]|｜=＝\t 　")
    /// Letters of a label that is not known.
    private static let mostLabelLetters = 12

    /// A label that a line begins with, and what stands behind it.
    private func beginning(of line: String) -> (label: String, rest: String)? {
        func rest(from place: String.Index) -> String {
            let rest = line.unicodeScalars[place...].drop { Self.allSigns.contains($0) || CharacterSet.whitespaces.contains($0) }
            return String(rest).trimmingCharacters(in: .whitespaces)
        }
        for signs in Self.signs {
            guard let mark = line.unicodeScalars.firstIndex(where: { signs.contains($0) }) else { continue }
            let head = String(line[..<mark])
            // Behind a blank only a label that is in a list: words have blanks, too.
            let isSign = !signs.contains(" ")
            if isSign ? labels.kind(of: head) != nil : labels.isListed(head) { return (head, rest(from: mark)) }
        }
        if labels.isListed(line) { return (line, "") }
        if LabelTable.key(line).hasPrefix("a+b") { return ("a+b", "") }
        // A label and its value in one breath, as a form's cells are copied: 雇用形態パート. Only long labels, and none inside of a sentence.
        for label in labels.all where label.count >= 4 && line.hasPrefix(label) {
            let rest = rest(from: line.index(line.startIndex, offsetBy: label.count))
            if rest.count <= 80, !["は", "の", "を", "が", "に", "と", "も"].contains(where: { rest.hasPrefix($0) }) {
                return (label, rest)
            }
        }
        // A label that is not known ends the value before it.
        if let mark = line.unicodeScalars.firstIndex(where: { "：:".unicodeScalars.contains($0) }) {
            let head = line[..<mark]
            if head.count <= Self.mostLabelLetters, !head.isEmpty, !head.contains(where: { "。、0123456789".contains($0) }) {
                return (String(head), rest(from: mark))
            }
        }
        return nil
    }
}
