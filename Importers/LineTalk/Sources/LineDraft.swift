/// What is read of one message, before it becomes a record.
struct LineDraft {
    /// Its first line.
    let line: LineSpan
    /// Its time of day.
    let time: LineTimeText
    /// The day it stands under; nil before the first heading.
    let day: LineDayHeading?
    /// One past its last byte, without the last line end.
    var end: Int
    /// Who is said to have written it.
    var author: String?
    /// What it says, if LINE says it and nobody else.
    var notice: LineNotice?
    /// Its words, lines parted by LF.
    var text = ""
    /// Codes of what a reader should know.
    var remarks: [String] = []

    /// Begins at a message's first line.
    init(_ head: LineHead, _ line: LineSpan, day: LineDayHeading?) {
        self.line = line
        time = head.time
        self.day = day
        end = line.end
    }
}
