/// What is asked of a platform.
public enum RequestKind: String, Sendable, Codable, CaseIterable {
    /// A report by the platform's own rules.
    case report
    /// A request to prevent transmission (送信防止措置).
    case removal
    /// A look at an account.
    case suspension
    /// Who sent something (発信者情報開示).
    case disclosure
}
