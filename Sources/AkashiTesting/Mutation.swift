/// Small damage to bytes, for fuzzing parsers with input that is almost right.
public enum Mutation {
    /// Changes the bytes in one to four random ways.
    public static func apply(to bytes: inout [UInt8], using generator: inout some RandomNumberGenerator) {
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            guard !bytes.isEmpty else { return }
            let at = Int.random(in: 0..<bytes.count, using: &generator)
            let to = min(bytes.count, at + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes.removeSubrange(at..<to)
            case 2: bytes.insert(contentsOf: bytes[at..<to], at: at)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: at)
            case 4: bytes.removeSubrange(at...)
            case 5: for index in at..<to { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
            default:
                let marks = Array("\"\\{}[],:\t\r\n \u{2068}".utf8)
                bytes[at] = marks[Int.random(in: 0..<marks.count, using: &generator)]
            }
        }
    }
}
