/// Something that counts only after a certain answer.
public struct FactCondition: Sendable, Hashable, Decodable {
    /// The fact.
    public let fact: String
    /// The answer.
    public let `is`: String
}
