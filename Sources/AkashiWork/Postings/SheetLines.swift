import Foundation

/// Lines of a sheet before labels are looked for: what stands side by side is put one below the other.
struct SheetLines {
    let labels: LabelTable

    func lines(_ text: String) -> [String] {
        var lines = merged(
            text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
        lines = belowHeads(lines)
        return lines.flatMap(apart)
    }

    /// 職 / 種: a label that is written downwards.
    private func merged(_ lines: [String]) -> [String] {
        var result: [String] = []
        var letters = ""
        func close() {
            if letters.count >= 2, labels.isListed(letters) {
                result.append(letters)
            } else {
                result += letters.map { String($0) }
            }
            letters = ""
        }
        for line in lines {
            if line.count == 1, let letter = line.first, letter.isLetter {
                letters.append(letter)
            } else {
                close()
                result.append(line)
            }
        }
        close()
        return result
    }

    /// A line of nothing but labels above a line of as many values.
    private func belowHeads(_ lines: [String]) -> [String] {
        var result: [String] = []
        var place = 0
        while place < lines.count {
            let heads = lines[place].split(whereSeparator: \.isWhitespace).map(String.init)
            if heads.count >= 2, heads.allSatisfy(labels.isListed), place + 1 < lines.count {
                let values = lines[place + 1].split(whereSeparator: \.isWhitespace).map(String.init)
                if values.count == heads.count {
                    result += zip(heads, values).map { $0 + "\t" + $1 }
                    place += 2
                    continue
                }
            }
            result.append(lines[place])
            place += 1
        }
        return result
    }

    /// Several labels on one line stand far apart, or behind a stroke.
    private func apart(_ line: String) -> [String] {
        let broken = line.replacing(/(?:[ \t\u{3000}]{2,}|\u{3000}|\s?[／｜|│]\s?)([^\s：:／]{2,14}[：:])/) { "\n" + $0.1 }
        // 月 額 (a + b)    218,000円: a label with its letters spread.
        return broken.split(separator: "\n").flatMap { part -> [String] in
            var cells = part.replacing(/[ \t\u{3000}]{2,}|\t/, with: "\t").split(separator: "\t").map {
                $0.trimmingCharacters(in: .whitespaces)
            }.filter { !$0.isEmpty && $0 != "│" }
            guard cells.count >= 2 else { return [String(part)] }
            let letters = cells.prefix { $0.count == 1 }
            if letters.count >= 2, labels.isListed(letters.joined()) {
                cells.replaceSubrange(..<letters.count, with: [letters.joined()])
            }
            var lines: [String] = []
            for cell in cells {
                if labels.isListed(cell) {
                    lines.append(cell)
                } else if let last = lines.indices.last {
                    lines[last] += "\t" + cell
                } else {
                    lines.append(cell)
                }
            }
            // No label among them: the line as it was.
            return cells.contains(where: labels.isListed) ? lines : [String(part)]
        }
    }
}
