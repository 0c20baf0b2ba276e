public import AkashiModel

/// Why the desk could not do something. The vault is as it was.
public typealias DeskError = CodedFailure<DeskErrorCode>

/// What went wrong. The words for each stand in `Knowledge/strings/errors`.
public enum DeskErrorCode: String, Sendable, CaseIterable {
    /// An authority did not answer.
    case stampOffline = "stamp.offline"
    /// A receiver's age key is mistyped.
    case badRecipient = "age.recipient"
    /// A record that was to be disclosed has no words any more.
    case recordRemoved = "dossier.record-removed"
    /// Words were to be hidden in a copy that can be checked word for word.
    case hidingNeedsSharing = "dossier.hiding-needs-sharing"
    /// The sources of the demo case cannot be read.
    case demoDamaged = "demo.sources-damaged"
    /// A question that is in no file of data.
    case factUnknown = "fact.unknown"
    /// An answer does not have the form that the question asks for.
    case factUnclear = "fact.unclear"
    /// A paper that is in no folder of data.
    case paperUnknown = "paper.unknown"
    /// A rule, plan, platform or text that is in no file of data.
    case guideUnknown = "guide.unknown"
    /// A helper decided what only she can decide.
    case helperMayNot = "helper.may-not"
    /// The gateway did not answer, or not as one.
    case gatewayUnreachable = "gateway.unreachable"
    /// The gateway does not take the desk's token.
    case gatewayRefused = "gateway.refused"
    /// No gateway was set up.
    case gatewayNone = "gateway.none"
    /// An address or an origin that is none.
    case gatewayAddress = "gateway.address"
    /// A text that may not be compared: not directed at her, of an account of hers, or of the same account.
    case writingUnfit = "writing.unfit"
    /// A text was compared with three accounts already.
    case writingEnough = "writing.enough"
    /// A copy of a vault does not hold.
    case copyBroken = "backup.copy-broken"
    /// A vault that holds something already is not replaced by a copy.
    case restoreNotEmpty = "backup.not-empty"
    /// No copy is where one was looked for.
    case copyMissing = "backup.copy-missing"
    /// Something that should not happen.
    case `internal` = "internal"
}
