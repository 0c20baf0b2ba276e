/// A number or a name, given back as it came.
enum FlexibleID: Codable {
    case number(Int)
    case name(String)

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        self = try (try? value.decode(Int.self)).map(FlexibleID.number) ?? .name(value.decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .number(let number): try value.encode(number)
        case .name(let name): try value.encode(name)
        }
    }

    var text: String {
        switch self {
        case .number(let number): String(number)
        case .name(let name): name
        }
    }
}
