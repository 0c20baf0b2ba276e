/// The two ways that LINE writes a talk.
enum LineForm {
    /// Tabs between time, name and text; texts of several lines in quotation marks.
    case telephone
    /// Single spaces between time, name and text, and no quotation marks.
    case computer
}

/// What a line looks like, taken by itself.
enum LineKind {
    /// Nothing but spaces.
    case blank
    /// The day of the following messages.
    case day(LineDayHeading)
    /// The beginning of a message.
    case message(LineHead)
    /// Anything else.
    case other
}

/// The beginning of a message.
struct LineHead {
    /// The time of day.
    let time: LineTimeText
    /// The first byte after the time and the mark after it.
    let rest: Int
}

/// Tells what a line looks like in the form that its file has.
struct LineClassifier {
    /// The longest time is `午後12:30`, or 12:30, a wide space of three bytes, PM.
    private static let maximumTimeByteCount = 16

    /// All lines.
    let lines: LineLines
    /// The form that the file has.
    let form: LineForm
    /// Whether in the form of computers AM and PM belong to the time. Else they are somebody's name.
    let hasHalfDays: Bool

    /// Tells the form of a file from its lines.
    init(_ lines: LineLines, body: LineSpan?) {
        self.lines = lines
        let telephone = LineClassifier(lines, .telephone, hasHalfDays: false)
        let computer = LineClassifier(lines, .computer, hasHalfDays: false)
        var line = body
        var form: LineForm?
        while let current = line, form == nil {
            form = telephone.head(of: current) != nil ? .telephone : computer.head(of: current) != nil ? .computer : nil
            line = lines.after(current)
        }
        self.form = form ?? .telephone
        hasHalfDays = form == .computer && computer.allHaveHalfDays(from: body)
    }

    private init(_ lines: LineLines, _ form: LineForm, hasHalfDays: Bool) {
        self.lines = lines
        self.form = form
        self.hasHalfDays = hasHalfDays
    }

    /// What a line looks like.
    func kind(of line: LineSpan) -> LineKind {
        if let head = head(of: line) { return .message(head) }
        if let heading = LineDayHeading(lines.bytes[line.range]) { return .day(heading) }
        return lines.isBlank(line) ? .blank : .other
    }

    /// The beginning of a message; nil if the line is none.
    func head(of line: LineSpan) -> LineHead? {
        let bytes = lines.bytes[line.range]
        // A digit, or the first byte of 午.
        guard let first = bytes.first, (48...57).contains(first) || first == 0xe5 else { return nil }
        let mark = form == .telephone ? LineBytes.tab : LineBytes.space
        guard var end = bytes.prefix(Self.maximumTimeByteCount).firstIndex(of: mark) else { return nil }
        if hasHalfDays {
            guard let next = bytes[(end + 1)...].prefix(4).firstIndex(of: mark) else { return nil }
            end = next
        }
        guard let time = LineTimeText(String(decoding: bytes[..<end], as: UTF8.self)) else { return nil }
        return LineHead(time: time, rest: end + 1)
    }

    private func allHaveHalfDays(from body: LineSpan?) -> Bool {
        var count = 0
        var line = body
        while let current = line {
            if let head = head(of: current) {
                let rest = lines.bytes[head.rest..<current.end]
                guard rest.starts(with: "AM ".utf8) || rest.starts(with: "PM ".utf8), head.time.hour <= 12 else {
                    return false
                }
                count += 1
            }
            line = lines.after(current)
        }
        return count > 0
    }
}
