/// Words that LINE itself writes into a talk, in Japanese and English.
enum LinePhrases {
    /// What stands for a picture or another thing that is not in the file; nil unless it is the whole text.
    static func media(_ text: String) -> String? {
        for (marker, kind) in markers where text.isSame(as: marker) { return kind }
        return nil
    }

    /// Whether a text is what LINE writes about a call. What a person wrote after the same sign is not.
    static func isCall(_ text: String) -> Bool {
        guard let rest = text.dropping(prefix: "☎ ") ?? text.dropping(prefix: "☎\u{fe0f} ") else { return false }
        if callNotes.contains(where: { rest.isSame(as: $0) || rest.isSame(as: $0 + "。") }) { return true }
        for start in ["通話時間 ", "Call time "] {
            if let length = rest.dropping(prefix: start) { return isLength(length) }
        }
        return false
    }

    /// What LINE notes in the name of a person: a call, a change to an album or a note; nil for a person's own words.
    static func event(by text: String) -> String? {
        if isCall(text) { return "call" }
        let plain = text.dropping(suffix: "。") ?? text
        if albumNotes.contains(where: plain.isSame) { return "album" }
        if plain.isSame(as: "ノートに投稿しました") { return "note" }
        let isDate = plain.dropping(prefix: "イベント「") != nil
        let isChange = ["」が作成されました", "」が削除されました"].contains { plain.dropping(suffix: $0) != nil }
        return isDate && isChange ? "other" : nil
    }

    /// Where the marker of a picture or a call begins at the end of a line, with the space before it.
    ///
    /// Such a marker is always the whole text of its message, so what stands before it is a name.
    static func startOfMarker(in line: String) -> String.Index? {
        for (marker, _) in markers {
            if let name = line.dropping(suffix: " " + marker), !name.isEmpty {
                return line.utf8.index(line.startIndex, offsetBy: name.utf8.count)
            }
        }
        var at = line.utf8.endIndex
        while let space = line.utf8[..<at].lastIndex(of: LineBytes.space), space > line.startIndex,
            line.utf8.distance(from: space, to: line.utf8.endIndex) <= maximumCallByteCount
        {
            if isCall(String(decoding: line.utf8[line.utf8.index(after: space)...], as: UTF8.self)) { return space }
            at = space
        }
        return nil
    }

    /// `0:54`, `1:02:03`.
    private static func isLength(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...58).contains($0) }
    }

    /// Longer than any note on a call.
    private static let maximumCallByteCount = 80
    private static let markers = [
        ("[写真]", "photo"), ("[動画]", "video"), ("[スタンプ]", "sticker"), ("[ファイル]", "file"),
        ("[ボイスメッセージ]", "voice"), ("[プレゼント]", "gift"), ("[連絡先]", "contact"), ("[投票]", "poll"),
        ("[Photo]", "photo"), ("[Video]", "video"), ("[Sticker]", "sticker"), ("[File]", "file"),
        ("[Voice message]", "voice"), ("[Gift]", "gift"), ("[Contact]", "contact"), ("[Poll]", "poll"),
    ]
    private static let callNotes = [
        "不在着信", "通話をキャンセルしました", "通話に応答がありませんでした", "グループ通話が開始されました", "グループ通話が終了しました",
        "グループ音声通話が開始されました", "グループ音声通話が終了しました", "グループ音声通話に招待されました", "グループビデオ通話が開始されました",
        "グループビデオ通話が終了しました", "グループビデオ通話に招待されました", "Missed call", "Canceled call", "Cancelled call",
        "No answer", "Group call started", "Group call ended",
    ]
    private static let albumNotes = ["アルバムを作成しました", "アルバムに写真を追加しました", "アルバムを削除しました"]
}
