import AkashiAnyFileImporter
import AkashiBlueskyImporter
import AkashiCommentsImporter
import AkashiDiscordImporter
public import AkashiIntake
public import AkashiKnowledge
import AkashiLineChannelImporter
import AkashiLineTalkImporter
import AkashiMailImporter
import AkashiMastodonImporter
import AkashiMediaImporter
import AkashiMetaImporter
import AkashiPDFImporter
import AkashiPictureImporter
import AkashiSavedPageImporter
import AkashiShopCSVImporter
import AkashiSlackImporter
import AkashiTelegramImporter
import AkashiWebArchiveImporter
import AkashiWordPressImporter
import AkashiXArchiveImporter
import AkashiYouTubeImporter

/// The source formats, in the order in which they are asked. The last one takes what is left.
public enum ImporterRegistry {
    /// Every importer.
    ///
    /// - Parameter tables: the tables that are known, and those that she explained.
    public static func all(tables: [TableMapping]) -> [any Importer] {
        [
            XArchiveImporter(), MetaImporter(), MastodonImporter(), BlueskyImporter(), DiscordImporter(), SlackImporter(),
            TelegramImporter(), YouTubeImporter(), CommentsImporter(), LineChannelImporter(), WordPressImporter(),
            WebArchiveImporter(), LineTalkImporter(), SavedPageImporter(), MailImporter(),
            ShopCSVImporter(mappings: tables), PictureImporter(),
            PDFImporter(),
            MediaImporter(), AnyFileImporter(),
        ]
    }

    /// The tables that shops hand out, from `Knowledge/marketplaces`.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public static func knownTables(_ knowledge: Knowledge) throws -> [TableMapping] {
        try knowledge.list("marketplaces", ending: ".yaml").map { try knowledge.yaml($0) }
    }

    /// The columns of a file that looks like a table.
    static func columns(_ member: SealedMember, in tree: SealedTree) -> [String]? { ShopCSVImporter.columns(member, in: tree) }
}
