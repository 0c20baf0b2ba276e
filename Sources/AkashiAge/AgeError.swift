/// Why an age file could not be read or written. The kinds are those of the Community Cryptography Test Vectors.
public enum AgeError: Error, Equatable, Sendable {
    /// The header is not well formed, or a stanza for one of our recipient types is not.
    case header(String)
    /// The header was changed after it was written, or belongs to other keys.
    case headerMAC
    /// None of the identities opens this file.
    case noMatch
    /// The ASCII armour is not well formed.
    case armor(String)
    /// The content was changed or cut. What came out before this error is authentic, but it is not the whole.
    case payload(String)
    /// A key in text form is not well formed.
    case key(String)
}
