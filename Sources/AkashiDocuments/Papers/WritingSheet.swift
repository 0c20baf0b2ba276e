/// A comparison of writings on paper, for the police or a lawyer. No words of the texts are on it.
public struct WritingSheet: DocumentInput {
    /// The template's folder.
    public static let documentID = "writing-comparison"

    /// One part: a heading, sentences, a list, a table.
    public struct Section: Sendable, Hashable {
        /// Its name in addresses of the page.
        public let id: String
        /// The heading.
        public let heading: String
        /// Sentences.
        public let paragraphs: [String]
        /// A list.
        public let items: [String]
        /// A table's heads and rows.
        public let heads: [String]
        /// Its rows.
        public let rows: [Row]
        /// For templates, which cannot ask whether a list is empty.
        public let hasItems: Bool
        /// Whether there are rows.
        public let hasRows: Bool

        /// Takes the parts.
        public init(
            _ id: String, _ heading: String, _ paragraphs: [String] = [], items: [String] = [], heads: [String] = [],
            rows: [Row] = []
        ) {
            (self.id, self.heading, self.paragraphs, self.items) = (id, heading, paragraphs, items)
            (self.heads, self.rows) = (heads, rows)
            (hasItems, hasRows) = (!items.isEmpty, !rows.isEmpty)
        }
    }

    /// A line of a table.
    public struct Row: Sendable, Hashable {
        /// Its cells.
        public let cells: [String]
        /// Whether it is the one that is meant.
        public let isHere: Bool

        /// Takes the cells.
        public init(_ cells: [String], isHere: Bool = false) { (self.cells, self.isHere) = (cells, isHere) }
    }

    /// What stands first, whatever came out.
    public var first: String
    /// The parts.
    public var sections: [Section]
    /// When it was printed, and with which version of the tables.
    public var made: String
    /// The version of the tables.
    public var version: String

    /// Takes the parts.
    public init(first: String, sections: [Section], made: String, version: String) {
        (self.first, self.sections, self.made, self.version) = (first, sections, made, version)
    }
}
