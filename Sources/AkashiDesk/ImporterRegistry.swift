import AkashiAnyFileImporter
public import AkashiIntake
import AkashiLineTalkImporter
import AkashiMailImporter
import AkashiXArchiveImporter

/// The source formats, in the order in which they are asked. The last one takes what is left.
public enum ImporterRegistry {
    /// Every importer.
    public static var all: [any Importer] {
        [XArchiveImporter(), LineTalkImporter(), MailImporter(), AnyFileImporter()]
    }
}
