import Foundation

/// Lines of a career as people write them: a month, then words. 「2012年3月 ◯◯高校 卒業」「平成24.3　卒業」
public enum CareerLines {
    /// Entries, one for each line that is not empty.
    public static func entries(_ text: String) -> [Resume.Entry] {
        text.split(whereSeparator: \.isNewline).map(String.init).compactMap { line in
            let plain = line.trimmingCharacters(in: .whitespaces)
            guard !plain.isEmpty else { return nil }
            guard let (month, rest) = month(plain) else { return Resume.Entry(month: "", text: plain) }
            return Resume.Entry(month: month, text: rest)
        }
    }

    /// The same lines again.
    public static func text(_ entries: [Resume.Entry]) -> String {
        entries.map { [$0.month, $0.text].filter { !$0.isEmpty }.joined(separator: " ") }.joined(separator: "\n")
    }

    /// A month such as 2012-03 or 平成24年3月; empty where there is none.
    public static func month(only text: String) -> String { month(text)?.month ?? "" }

    private static func month(_ text: String) -> (month: String, rest: String)? {
        let plain = PlainReading.plain(text).trimmingCharacters(in: .whitespaces)
        let pattern =
            /(令和|平成|昭和|[RHS])?\s?([0-9]{1,4}|元)\s?(?:年|[\-\/.])\s?([0-9]{1,2})(?:月(?:[0-9]{1,2}日)?|[\-\/.][0-9]{1,2})?(?![0-9])/
        guard let match = plain.prefixMatch(of: pattern), let month = Int(match.3), (1...12).contains(month) else { return nil }
        var year = match.2 == "元" ? 1 : Int(match.2) ?? 0
        switch match.1 {
        case "令和"?, "R"?: year += 2018
        case "平成"?, "H"?: year += 1988
        case "昭和"?, "S"?: year += 1925
        default: break
        }
        guard (1900...2200).contains(year) else { return nil }
        let rest = plain[match.range.upperBound...].trimmingCharacters(
            in: .whitespaces.union(CharacterSet(charactersIn: "\u{3000}:、")))
        return ("\(year)-\(month < 10 ? "0" : "")\(month)", rest)
    }

    /// Lines without blanks around them and without marks of a list.
    public static func list(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map {
            $0.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "・-●")))
        }.filter { !$0.isEmpty }
    }
}

extension Resume {
    /// Something that the papers want and that is not there yet.
    public enum Missing: String, Sendable, CaseIterable {
        /// Her name.
        case name
        /// How it is read.
        case reading
        /// The day she was born.
        case birth
        /// A way to reach her.
        case phone
        /// Schools.
        case schooling
        /// Jobs, her shop among them.
        case jobs
        /// What she did in a job.
        case duties
        /// What came of it.
        case results
        /// Why she applies.
        case motive
        /// The summary.
        case summary
    }

    /// What is missing, what matters most first. She is asked for one at a time.
    public var missing: [Missing] {
        Missing.allCases.filter { missing in
            switch missing {
            case .name: name.isEmpty
            case .reading: reading.isEmpty
            case .birth: birth.isEmpty
            case .phone: phone.isEmpty && mail.isEmpty
            case .schooling: schooling.isEmpty
            case .jobs: jobs.isEmpty
            case .duties: jobs.contains { $0.duties.isEmpty }
            case .results: jobs.contains { $0.results.isEmpty }
            case .motive: motive.isEmpty
            case .summary: summary.isEmpty
            }
        }
    }
}
