/// The year of an era (元号). Only those that living people were born in.
public enum JapaneseEra: String, Sendable, CaseIterable {
    /// From 2019-05-01.
    case reiwa = "令和"
    /// From 1989-01-08.
    case heisei = "平成"
    /// From 1926-12-25.
    case showa = "昭和"
    /// From 1912-07-30.
    case taisho = "大正"

    /// Its first day, as year, month and day in one number.
    private var firstDay: Int {
        switch self {
        case .reiwa: 2019_05_01
        case .heisei: 1989_01_08
        case .showa: 1926_12_25
        case .taisho: 1912_07_30
        }
    }

    /// The year of the era, such as `令和8年` or `平成元年`; the year of the calendar before 1912-07-30.
    ///
    /// - Parameter day: nil for a whole month, which counts to the era in which it ends.
    public static func year(_ year: Int, month: Int, day: Int? = nil) -> String {
        let date = year * 10_000 + month * 100 + (day ?? 31)
        guard let era = allCases.first(where: { date >= $0.firstDay }) else { return "\(year)年" }
        let number = year - era.firstDay / 10_000 + 1
        return era.rawValue + (number == 1 ? "元" : String(number)) + "年"
    }
}
