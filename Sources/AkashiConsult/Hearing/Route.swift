/// How a turn is taken. Decided before anything is answered.
public enum Route: String, Sendable, Codable, CaseIterable {
    /// The person's own wish to die or to be gone.
    case ownWish = "S1"
    /// Danger that is present.
    case presentDanger = "S2"
    /// A threat by another.
    case threat = "S3"
    /// Words of death that are an idiom, a quotation, a denial, somebody else's.
    case gentleCheck = "S4"
    /// Revenge, exposing, entering accounts.
    case revenge = "S5"
    /// A verdict of the law is wanted.
    case verdict = "S6"
    /// Who it is.
    case attribution = "S7"
    /// Everything else: the guide, the case, work, the shop, the day.
    case everyday = "S8"
}
