import AkashiText
import Foundation

extension PostingReader {
    /// Words of lines that name another sum than the pay.
    private static let otherMoney = ["手当", "交通費", "固定残業", "賞与", "昇給", "登録料", "祝い金", "駐車場"]

    private static let surePayWords = ["時給", "時間給", "月給", "日給", "日当", "年収", "報酬", "工賃", "支払"]
    private static let payWords = ["時給", "時間給", "月給", "月額", "日給", "日当", "年俸", "年収", "週給", "給与", "賃金", "報酬", "工賃", "支払"]

    /// What stands in the words though no field names it.
    func complete(_ posting: inout Posting) {
        join(&posting)
        if posting.corporateNumber == nil { posting.corporateNumber = plain.corporateNumber(posting.text) }
        if posting.remote == nil { posting.remote = plain.remote(posting.text) }
        if posting.employment == nil { posting.employment = plain.employment(posting.text) }
        if posting.pay == nil { posting.pay = payInWords(posting) }
        completePlace(&posting)
        completeTitle(&posting)
        if posting.posted == nil { posting.posted = plain.postedDay(in: posting.text) }
    }

    private func payInWords(_ posting: Posting) -> Stated<Pay>? {
        // What stands below 通勤手当 is not the pay.
        let others = Set(
            posting.named.filter { labels.kind(of: $0.key) == .other && $0.value.count <= 60 }.flatMap {
                $0.value.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            })
        let lines = posting.text.split(whereSeparator: { "\n。".contains($0) || $0.isNewline }).prefix(300).map {
            $0.trimmingCharacters(in: .whitespaces)
        }.filter { line in
            line.contains("円") && !others.contains(line)
                && (Self.surePayWords.contains { line.contains($0) } || !Self.otherMoney.contains { line.contains($0) })
        }
        let named = lines.filter { line in Self.payWords.contains { line.contains($0) } }
        return (named + lines).lazy.compactMap { plain.pay($0) }.first
    }

    private func completePlace(_ posting: inout Posting) {
        if posting.prefecture == nil, posting.named["home"] == nil,
            let place = posting.text.firstMatch(of: /(?:勤務地|就業場所|勤務先|作業場所|勤務場所|エリア|場所)[：:は]\s?([^\n。<]{3,60})/)
        {
            set("勤務地", String(place.1), in: &posting)
        }
        if posting.prefecture == nil, let address = posting.address { posting.prefecture = plain.prefecture(address.words) }
        if posting.city == nil, let address = posting.address { posting.city = plain.city(address.words) }
        guard posting.prefecture == nil, posting.address == nil, posting.named["home"] == nil, posting.remote?.value != .full
        else {
            return
        }
        // 「（栃木県真岡市）」 in a title, or a line of a page that is an address.
        let lines = [posting.title?.value ?? ""] + posting.text.split(whereSeparator: \.isNewline).prefix(14).map(String.init)
        for line in lines where line.count <= 60 {
            guard !pasted.corporations.contains(where: { line.contains($0) }),
                !["本社", "運営", "発行", "周辺", "エリアの求人"].contains(where: { line.contains($0) }),
                let match = line.firstMatch(of: /[一-龠]{2,3}[都道府県][^\s（）()、。：:]{1,24}/)
            else { continue }
            let place = String(match.0)
            if let prefecture = plain.prefecture(place), let city = plain.city(place) {
                (posting.prefecture, posting.city) = (prefecture, city)
                posting.address = Stated(place, place)
                return
            }
        }
    }

    private func completeTitle(_ posting: inout Posting) {
        guard let title = posting.title?.value else { return }
        let cuts = ["｜", " | ", " - ", "／"].compactMap { title.firstRange(of: $0) }
        if let cut = cuts.min(by: { $0.lowerBound < $1.lowerBound }) {
            // What stands behind is the employer or the place, as in lists.
            let tail = title[cut.upperBound...]
            let house = tail.split(whereSeparator: { "｜|／".contains($0) }).map { $0.trimmingCharacters(in: .whitespaces) }.first {
                part in pasted.corporations.contains { part.contains($0) }
            }
            if posting.employer == nil, let house { posting.employer = Stated(house, title) }
            let isKnown = posting.employer.map { tail.contains($0.value) } ?? false
            if isKnown || plain.prefecture(String(tail)) != nil {
                posting.title = Stated(String(title[..<cut.lowerBound]), title)
            }
        }
    }
}
