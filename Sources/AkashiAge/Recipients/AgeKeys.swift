import Foundation

/// Someone to whom a file is encrypted.
public protocol AgeRecipient: Sendable {
    /// Wraps the 16-byte file key into stanzas.
    func wrap(fileKey: [UInt8], random: RandomBytes) throws(AgeError) -> [AgeStanza]
    /// Whether this recipient must be the only one: a passphrase, so that whoever knows it knows who wrote the file.
    var mustBeAlone: Bool { get }
}

/// A secret that opens files.
public protocol AgeIdentity: Sendable {
    /// The file key from the stanza meant for this identity; nil if there is none.
    func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> [UInt8]?
}

/// One recipient's part of a header. Made and read by recipients and identities only.
public struct AgeStanza: Sendable {
    let stanza: Stanza
}

/// Where random bytes come from. A value, so that tests can make whole runs repeatable.
public struct RandomBytes: Sendable {
    private let make: @Sendable (Int) -> [UInt8]

    /// Takes a function that yields the wanted number of bytes.
    public init(_ make: @escaping @Sendable (_ byteCount: Int) -> [UInt8]) { self.make = make }

    /// The wanted number of random bytes.
    public func callAsFunction(_ byteCount: Int) -> [UInt8] { make(byteCount) }
}

/// A file key is 16 random bytes; a new one for each file.
let fileKeyByteCount = 16
