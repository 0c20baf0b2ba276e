/// What a paper is filled with. Every value is text that is ready to be read; nothing is looked up while rendering.
///
/// The cells of each list stand in `Knowledge/documents/README.md`. An empty cell is no cell: sections of a template ask whether it
/// is there.
public struct PaperInput: Sendable {
    /// A field of the paper.
    public struct Field: Sendable {
        /// The value; nil is a gap that the paper shows and lists. Named so that no list's own text is taken for it.
        public let fieldText: String?
        /// Its name.
        public let fieldLabel: String
        /// Whether it is left out because this version hides who she is.
        public let isHidden: Bool

        /// Takes the parts.
        public init(fieldText: String?, fieldLabel: String, isHidden: Bool = false) {
            self.fieldText = fieldText
            self.fieldLabel = fieldLabel
            self.isHidden = isHidden
        }
    }

    /// A row of a list: named cells.
    public typealias Row = [String: String]

    /// A provision with its elements.
    public struct Provision: Sendable {
        /// Its name.
        public let name: String
        /// The article.
        public let article: String
        /// `text`, `exhibits`, `bring`.
        public let elements: [Row]

        /// Takes the parts.
        public init(name: String, article: String, elements: [Row]) {
            self.name = name
            self.article = article
            self.elements = elements.map(PaperInput.filled)
        }
    }

    /// A sheet of a counted letter.
    struct Sheet: Sendable {
        let sheetNumber: String
        let lines: [String]
    }

    /// The paper's title.
    public var title = ""
    /// Her title of the case.
    public var caseTitle = ""
    /// The day it was made.
    public var made = ""
    /// The same in the Japanese era.
    public var madeEra = ""
    /// Whether this version leaves out who she is.
    public var isHidden = false
    /// The platform's name, for a paper of one platform.
    public var platform: String?
    /// The grid of a counted letter, by its name in data.
    public var letterForm: String?
    /// The day of the first post in it.
    public var firstDay: String?
    /// The day of the last post in it.
    public var lastDay: String?
    /// Choices that were made, as `punishWishYes`.
    public var chosen: [String: Bool] = [:]
    /// The fields, by their names.
    public var fields: [String: Field] = [:]
    /// Provisions that may concern the case.
    public var provisions: [Provision] = []
    private var lists: [PaperDefinition.Use: [Row]] = [:]
    var sheets: [Sheet] = []
    var letterProblems: [String] = []
    var letterCount = ""

    /// An empty one.
    public init() {}

    /// A list.
    public subscript(_ use: PaperDefinition.Use) -> [Row] {
        get { lists[use] ?? [] }
        set { lists[use] = newValue.map(Self.filled) }
    }

    private static func filled(_ row: Row) -> Row { row.filter { !$0.value.isEmpty } }

    /// Whether a list has nothing in it.
    func isEmpty(_ use: PaperDefinition.Use) -> Bool { use == .provisions ? provisions.isEmpty : self[use].isEmpty }

    /// Everything by the names that templates use.
    var marks: [String: Any] {
        var marks: [String: Any] = [
            "title": title, "caseTitle": caseTitle, "made": made, "madeEra": madeEra, "isHidden": isHidden, "fields": fields,
            "has": fields.mapValues { $0.fieldText != nil }, "provisions": provisions, "sheets": sheets,
            "letterProblems": letterProblems, "letterCount": letterCount,
        ]
        marks["platform"] = platform
        marks["firstDay"] = firstDay
        marks["lastDay"] = lastDay
        marks["chosen"] = chosen
        for use in PaperDefinition.Use.allCases where use != .provisions { marks[use.rawValue] = self[use] }
        return marks
    }
}
