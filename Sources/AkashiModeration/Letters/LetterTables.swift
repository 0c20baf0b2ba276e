import AkashiKnowledge
import AkashiModel
import Foundation

/// The tables of letters in `Knowledge/moderation/letters`.
struct LetterTables: Sendable {
    /// What one scalar is read as.
    struct Entry: Sendable {
        var unit: UInt16 = 0
        var sort = Letter.Sort.other
        var traits: Letter.Traits = []
        var shape: UInt32 = 0
    }

    /// Another way to read one letter or some.
    struct Other: Sendable {
        let units: [UInt16]
        let step: Step
    }

    /// Basic plane, by scalar.
    private(set) var plane: [Entry]
    private(set) var astral: [UInt32: Entry] = [:]
    /// Letters that are several in one.
    private(set) var several: [UInt32: [UInt16]] = [:]
    /// Sequences of shapes and what they are read as.
    private(set) var sequences = SequenceTrie()
    /// What kanji are made of.
    private(set) var parts = PartTable()
    /// Kanji that are drawn like a kanji.
    private(set) var similar: [UInt16: [UInt16]] = [:]
    /// Kanji by unit: where its sounds stand in `soundLists`, plus one.
    private var soundAt: [UInt16] = Array(repeating: 0, count: 0x10000)
    private var soundLists: [[[UInt16]]] = []
    /// Latin letters that a letter may stand for.
    private(set) var latin: [UInt32: [(UInt32, Step)]] = [:]
    /// Latin letters drawn with several signs, by the first.
    private(set) var latinDrawn: [UInt32: [(letters: [UInt32], target: UInt32)]] = [:]

    init(_ knowledge: Knowledge) throws(KnowledgeError) {
        plane = (0..<0x10000).map { Self.entry(UInt32($0)) }
        try loadForms(knowledge)
        try loadCompatible(knowledge)
        try loadShapes(knowledge)
        try loadParts(knowledge)
        try loadRomaji(knowledge)
        for name in ["similar", "similar-more"] {
            for row in try Self.rows(knowledge, name) {
                guard let kanji = unit(row[0]) else { continue }
                for other in row[1].split(separator: " ") {
                    if let other = unit(String(other)), other != kanji { similar[kanji, default: []].append(other) }
                }
            }
        }
        for row in try Self.rows(knowledge, "readings") {
            guard let kanji = unit(row[0]) else { continue }
            let sounds = row[1].split(separator: " ").map { units(String($0)) }
            if soundAt[Int(kanji)] == 0 {
                soundLists.append(sounds)
                soundAt[Int(kanji)] = UInt16(soundLists.count)
            } else {
                soundLists[Int(soundAt[Int(kanji)]) - 1] += sounds
            }
        }
    }

    /// How a kanji is read.
    @inline(__always)
    func sounds(_ kanji: UInt16) -> [[UInt16]] { soundAt[Int(kanji)] == 0 ? [] : soundLists[Int(soundAt[Int(kanji)]) - 1] }

    /// Whether several letters from here may be read as others.
    func beginsSequence(_ letter: Letter) -> Bool {
        sequences.step(SequenceTrie.root, letter.shape) != nil
            || letter.shape != letter.scalar && sequences.step(SequenceTrie.root, letter.scalar) != nil
            || latin[letter.shape] != nil || latinDrawn[letter.shape] != nil
    }

    /// Rows of a table.
    static func rows(_ knowledge: Knowledge, _ name: String) throws(KnowledgeError) -> [[String]] {
        let path = "moderation/letters/\(name).tsv"
        var rows: [[String]] = []
        for line in try knowledge.text(path).split(separator: "\n") where !line.hasPrefix("# ") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 2 else { throw KnowledgeError(.damaged, ["file": path]) }
            rows.append(parts)
        }
        return rows
    }

    @inline(__always)
    func entry(_ scalar: UInt32) -> Entry {
        scalar < 0x10000 ? plane[Int(scalar)] : astral[scalar] ?? Self.entry(scalar)
    }

    /// A text as units; letters without one are left out.
    func units(_ text: String) -> [UInt16] {
        text.unicodeScalars.flatMap { scalar -> [UInt16] in
            if let several = several[scalar.value] { return several }
            let unit = entry(scalar.value).unit
            return unit == 0 ? [] : [unit]
        }
    }

    func unit(_ text: String) -> UInt16? {
        let all = units(text)
        return all.count == 1 ? all[0] : nil
    }

    func shapes(_ text: String) -> [UInt32] { text.unicodeScalars.map { entry($0.value).shape } }

    private mutating func loadForms(_ knowledge: Knowledge) throws(KnowledgeError) {
        // The more certain last.
        for name in ["forms-unihan", "forms", "forms-more"] {
            for row in try Self.rows(knowledge, name) {
                guard let old = row[0].unicodeScalars.first, let new = row[1].unicodeScalars.first, new.value < 0x10000 else {
                    continue
                }
                var entry = self.entry(old.value)
                entry.unit = UInt16(new.value)
                entry.sort = .kanji
                entry.traits.insert(.variant)
                set(old.value, entry)
            }
        }
    }

    private mutating func loadCompatible(_ knowledge: Knowledge) throws(KnowledgeError) {
        for row in try Self.rows(knowledge, "compat") {
            guard let scalar = UInt32(row[0], radix: 16), row.count == 3 else { continue }
            let read = units(row[1])
            guard !read.isEmpty, let shape = row[1].unicodeScalars.first else { continue }
            var entry = self.entry(shape.value)
            if row[2] == "width" {
                entry.traits.insert(.width)
                // Half-width kana are katakana, whatever the table compares them as.
                if (0xFF66...0xFF9D).contains(scalar) { entry.traits.insert(.katakana) }
                if (0xFF67...0xFF6F).contains(scalar) { entry.traits.insert(.small) }
                if (0xFF66...0xFF9D).contains(scalar), shape.value < 0x30F7, shape.value > 0x3040 {
                    entry.shape = shape.value + 0x60
                }
            } else {
                entry.traits.insert(row[2] == "variant" ? .variant : .dressed)
                if row[2] == "circled" { entry.shape = entry.sort == .latin || entry.sort == .digit ? shape.value : scalar }
            }
            set(scalar, entry)
            if read.count > 1 { several[scalar] = read }
        }
    }

    private mutating func set(_ scalar: UInt32, _ entry: Entry) {
        if scalar < 0x10000 { plane[Int(scalar)] = entry } else { astral[scalar] = entry }
    }

    private mutating func loadShapes(_ knowledge: Knowledge) throws(KnowledgeError) {
        let steps: [String: Step] = [
            "look-alike": .lookalike, "foreign": .foreign, "gyaru": .gyaru, "gyaru-beside": .gyaruBeside, "homoglyph": .homoglyph,
            "leet": .leet,
        ]
        for row in try Self.rows(knowledge, "shapes") {
            guard row.count >= 3, let step = steps[row[2]] else { continue }
            for read in row[1].split(separator: " ").map(String.init) {
                let letters = shapes(row[0])
                if step == .homoglyph || step == .leet {
                    let targets = Array(read.unicodeScalars.map(\.value))
                    guard targets.count == 1 else { continue }
                    if letters.count == 1 {
                        latin[letters[0], default: []].append((targets[0], step))
                    } else if let first = letters.first {
                        latinDrawn[first, default: []].append((letters, targets[0]))
                    }
                    continue
                }
                let units = units(read)
                if !units.isEmpty { sequences.add(letters, Other(units: units, step: step)) }
            }
        }
        for row in try Self.rows(knowledge, "gyaru-parts") where row.count == 3 {
            let units = units(row[0])
            for left in row[1].split(separator: " ") {
                for right in row[2].split(separator: " ") {
                    sequences.add(shapes(String(left)) + shapes(String(right)), Other(units: units, step: .gyaru))
                }
            }
        }
        for (name, step) in [("numbers", Step.number), ("emoji", .emoji), ("emoji-names", .emoji)] {
            for row in try Self.rows(knowledge, name) {
                for read in row[1].split(separator: " ").map(String.init) {
                    let units = units(read)
                    if !units.isEmpty { sequences.add(shapes(row[0]), Other(units: units, step: step)) }
                }
            }
        }
    }

    private mutating func loadParts(_ knowledge: Knowledge) throws(KnowledgeError) {
        for name in ["parts", "apart"] {
            for row in try Self.rows(knowledge, name) {
                guard let kanji = row[0].unicodeScalars.first?.value else { continue }
                for way in row[1].split(separator: " ") { parts.add(kanji, way.unicodeScalars.map(\.value)) }
            }
        }
        for row in try Self.rows(knowledge, "part-shapes") {
            guard let part = row[0].unicodeScalars.first?.value else { continue }
            for written in row[1].split(separator: " ") {
                let letters = written.unicodeScalars.map(\.value)
                if letters.count > 1 {
                    parts.add(part, letters)
                } else if let letter = letters.first {
                    parts.add(letter, for: part)
                }
            }
        }
        parts.finish()
    }

    private mutating func loadRomaji(_ knowledge: Knowledge) throws(KnowledgeError) {
        let tsu = UInt16(0x3064)
        for row in try Self.rows(knowledge, "romaji") {
            let letters = Array(row[0].unicodeScalars.map(\.value))
            let units = units(row[1])
            sequences.add(letters, Other(units: units, step: .romaji))
            // A consonant written twice is a small っ before it.
            if letters.count > 1, !"aiueon".unicodeScalars.contains(where: { $0.value == letters[0] }) {
                sequences.add([letters[0]] + letters, Other(units: [tsu] + units, step: .romaji))
                if letters.starts(with: [0x63, 0x68]) {
                    sequences.add([0x74] + letters, Other(units: [tsu] + units, step: .romaji))
                }
            }
        }
    }

    // MARK: one scalar by itself

    private static let masks = Set(
        "○◯〇●◉◎⚪⚫*＊∗✱×✕✖✗☓❌Xx_＿■□◆◇△▲▽▼★☆※#＃?？%％$＄☐▢▒▓█░♯♡♥・･.…〓¤@＠〼〆◌⬜⬛🈲⭕♪♫♬♩◈◊∞⊗⊘✘✚✳❎🚫🔞💢".unicodeScalars.map(\.value))
    private static let small: [UInt32: UInt32] = {
        var table: [UInt32: UInt32] = [:]
        for (one, other) in zip("ぁぃぅぇぉっゃゅょゎゕゖ".unicodeScalars, "あいうえおつやゆよわかけ".unicodeScalars) { table[one.value] = other.value }
        return table
    }()
    /// Sounds that are said alike.
    private static let alike: [UInt32: UInt32] = [0x3062: 0x3058, 0x3065: 0x305A, 0x3090: 0x3044, 0x3091: 0x3048, 0x3092: 0x304A]

    static func entry(_ scalar: UInt32) -> Entry {
        var entry = Entry(shape: scalar)
        switch scalar {
        case 0x61...0x7A: (entry.unit, entry.sort) = (UInt16(scalar), .latin)
        case 0x41...0x5A: (entry.unit, entry.sort, entry.shape) = (UInt16(scalar + 32), .latin, scalar + 32)
        case 0x30...0x39: (entry.unit, entry.sort) = (UInt16(scalar), .digit)
        case 0x3041...0x3096, 0x30A1...0x30F6:
            let isKatakana = scalar >= 0x30A1
            var plain = isKatakana ? scalar - 0x60 : scalar
            if let large = small[plain] {
                plain = large
                entry.traits.insert(.small)
            }
            if isKatakana { entry.traits.insert(.katakana) }
            (entry.unit, entry.sort) = (UInt16(alike[plain] ?? plain), .kana)
        case 0x3005, 0x309D, 0x309E, 0x30FD, 0x30FE, 0x303B: entry.traits = [.iteration]
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF: (entry.unit, entry.sort) = (UInt16(scalar), .kanji)
        case 0x3007: entry.traits = [.mask, .sign]
        case 0x3099, 0x309B, 0xFF9E: entry.traits = [.voicing]
        case 0x309A, 0x309C, 0xFF9F: entry.traits = [.halfVoicing]
        case 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: entry.traits = [.lineBreak, .sign]
        case 0x2800, 0x3164, 0x115F, 0x1160, 0xFFA0, 0x3000, 0x09, 0x20, 0xA0: entry.traits = [.space, .sign]
        case 0x3161, 0x3127, 0x1173: entry.traits = [.long]
        case 0x30FC, 0xFF70: (entry.traits, entry.shape) = ([.long], 0x30FC)
        case 0x30FB: entry.traits = [.sign, .mask]
        default: break
        }
        if entry.sort == .other, entry.traits.isEmpty, let character = Unicode.Scalar(scalar) {
            let properties = character.properties
            switch properties.generalCategory {
            case .format, .control, .nonspacingMark, .enclosingMark, .privateUse, .unassigned: entry.traits = [.invisible]
            case .spaceSeparator: entry.traits = [.space, .sign]
            case .lineSeparator, .paragraphSeparator: entry.traits = [.lineBreak, .sign]
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation,
                .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
                entry.traits = [.sign]
                if [
                    0x7E, 0x301C, 0xFF5E, 0x2D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x2500, 0x2501, 0x3030,
                    0xFF0D, 0x223C, 0x223D,
                ].contains(scalar) {
                    entry.traits.insert(.long)
                }
                if properties.isEmojiPresentation || scalar >= 0x1F000 { entry.traits.insert(.emoji) }
                if (0xFF01...0xFF5E).contains(scalar) { entry.shape = scalar - 0xFEE0 }
            default:
                let small = properties.lowercaseMapping.unicodeScalars
                if scalar < 0x2000, small.count == 1, let one = small.first { entry.shape = one.value }
            }
            if properties.isDefaultIgnorableCodePoint, scalar != 0x3164, scalar != 0x115F, scalar != 0x1160, scalar != 0xFFA0 {
                entry.traits = [.invisible]
            }
        }
        // The colour of an emoji's skin, and what makes one of two.
        if (0x1F3FB...0x1F3FF).contains(scalar) { entry.traits = [.invisible] }
        if masks.contains(scalar) { entry.traits.insert(.mask) }
        return entry
    }
}
