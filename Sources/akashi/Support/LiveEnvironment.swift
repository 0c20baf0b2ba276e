import Foundation

/// What the program takes from the process it runs in.
enum LiveEnvironment {
    /// An environment variable; nil if it is not set or empty.
    static func variable(_ name: String) -> String? {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
        return value
    }
}
