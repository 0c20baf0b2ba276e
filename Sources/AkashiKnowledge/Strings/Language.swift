/// The language of the screen. Japanese is the source, English is complete.
public enum Language: String, Sendable, CaseIterable {
    /// Japanese.
    case ja
    /// English.
    case en
}
