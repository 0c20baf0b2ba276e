import AkashiModel
import AkashiTesting
import Testing

@Suite("times")
struct CivilTimeTests {
    @Test("an instant and its civil time lead to each other, in any zone", arguments: Seeds.standard)
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let instant = Instant(milliseconds: Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator))
            let offset = Int.random(in: -720...840, using: &generator)
            #expect(CivilTime(instant, offsetMinutes: offset).instant(offsetMinutes: offset) == instant)
            #expect(Instant(rfc3339: instant.utcText) == instant)
        }
    }

    @Test("a post of 23:30 UTC is of the next day in Japan, and days that do not exist are refused")
    func japan() {
        #expect(Instant(rfc3339: "2026-11-24T23:30:00Z")?.japanText == "2026-11-25 08:30:00")
        #expect(CivilTime(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilTime(year: 2028, month: 2, day: 29)?.weekday == 2)
    }
}
