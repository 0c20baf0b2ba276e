/// An error that a person can see. The words stand in `Knowledge/strings/errors.{ja,en}.yaml` under its code:
/// what happened, what it means for the evidence, what to do now.
///
/// Arguments are ids, counts and sizes; never post text, names, handles or URLs, because errors end in logs.
public protocol CodedError: Error, CustomStringConvertible {
    /// Stable text such as `vault.wrong-passphrase`, documented in docs/errors.md.
    var code: String { get }
    /// Values for the marks in the sentence, by name.
    var arguments: [String: String] { get }
}

extension CodedError {
    /// The code and the arguments, for logs.
    public var description: String {
        let list = arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return list.isEmpty ? code : "\(code) (\(list.joined(separator: ", ")))"
    }
}
