/// Writes simple markup as a Word file (Office Open XML, ECMA-376 part 1) that other programs open and change.
///
/// Elements: `h1 h2 h3 p div section br strong ul ol li table tr th td`; classes `right center small box quote break`.
public enum WordDocument {
    /// The bytes of a `.docx` file.
    ///
    /// - Parameters:
    ///   - header: words at the top of each page.
    ///   - markup: what stands in the page.
    /// - Throws: ``ZipProblem/damaged``.
    public static func docx(title: String, header: String, markup: String) throws(ZipProblem) -> [UInt8] {
        var writer = BodyWriter()
        for piece in MarkupReader.pieces(markup) { writer.take(piece) }
        let body = writer.finish()
        let parts: [(String, String)] = [
            ("[Content_Types].xml", contentTypes), ("_rels/.rels", relations), ("docProps/core.xml", core(title)),
            ("word/_rels/document.xml.rels", documentRelations), ("word/document.xml", document(body)),
            ("word/styles.xml", styles), ("word/header1.xml", headerPart(header)), ("word/footer1.xml", footerPart),
        ]
        return try ZipWriter.zip(parts.map { (path: $0.0, bytes: Array((declaration + $0.1).utf8)) })
    }

    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // XML 1.0 has no other control characters.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let contentTypes = """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/>\
        <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
        <Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>\
        <Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>\
        <Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>\
        <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
        """

    private static let relations = """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
        <Relationship Id="rId1" Type="\(relationships)/officeDocument" Target="word/document.xml"/>\
        <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
        """

    private static let documentRelations = """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
        <Relationship Id="rId1" Type="\(relationships)/styles" Target="styles.xml"/>\
        <Relationship Id="rId2" Type="\(relationships)/header" Target="header1.xml"/>\
        <Relationship Id="rId3" Type="\(relationships)/footer" Target="footer1.xml"/></Relationships>
        """

    /// The title and nothing else: no author, no computer, no time.
    private static func core(_ title: String) -> String {
        """
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
        xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>\(escape(title))</dc:title></cp:coreProperties>
        """
    }

    private static func document(_ body: String) -> String {
        """
        <w:document xmlns:w="\(main)" xmlns:r="\(relationships)"><w:body>\(body)<w:sectPr>\
        <w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>\
        <w:pgSz w:w="11906" w:h="16838"/>\
        <w:pgMar w:top="1247" w:right="1134" w:bottom="1247" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>\
        </w:sectPr></w:body></w:document>
        """
    }

    private static func headerPart(_ text: String) -> String {
        """
        <w:hdr xmlns:w="\(main)"><w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr><w:r><w:t xml:space="preserve">\(escape(text))</w:t></w:r></w:p></w:hdr>
        """
    }

    private static let footerPart = """
        <w:ftr xmlns:w="\(main)"><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="right"/></w:pPr>\
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> / </w:t></w:r>\
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NUMPAGES </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>
        """

    private static func style(_ id: String, _ name: String, size: Int, bold: Bool = false, _ paragraph: String = "") -> String {
        """
        <w:style w:type="paragraph" w:styleId="\(id)"\(id == "Normal" ? " w:default=\"1\"" : "")><w:name w:val="\(name)"/>\
        \(id == "Normal" ? "" : "<w:basedOn w:val=\"Normal\"/>")<w:pPr>\(paragraph)</w:pPr>\
        <w:rPr>\(bold ? "<w:b/>" : "")<w:sz w:val="\(size)"/><w:szCs w:val="\(size)"/></w:rPr></w:style>
        """
    }

    private static let styles = """
        <w:styles xmlns:w="\(main)"><w:docDefaults><w:rPrDefault><w:rPr>\
        <w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="游明朝" w:cs="Times New Roman"/>\
        <w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault></w:docDefaults>\
        \(style("Normal", "Normal", size: 21, bold: false, "<w:spacing w:after=\"80\" w:line=\"320\" w:lineRule=\"auto\"/>"))\
        \(style("Heading1", "heading 1", size: 32, bold: true, "<w:keepNext/><w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>"))\
        \(style("Heading2", "heading 2", size: 24, bold: true, "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>"))\
        \(style("Heading3", "heading 3", size: 21, bold: true, "<w:keepNext/><w:spacing w:before=\"160\"/><w:outlineLvl w:val=\"2\"/>"))\
        \(style("Small", "Small", size: 17))\(style("Cell", "Cell", size: 17, bold: false, "<w:spacing w:after=\"0\" w:line=\"260\" w:lineRule=\"auto\"/>"))</w:styles>
        """
}

/// Turns pieces of markup into paragraphs and tables.
private struct BodyWriter {
    private var output = ""
    private var runs = ""
    private var isOpen = false
    private var style = "Normal"
    private var classes: [[String]] = []
    private var isBold = false
    private var breaks = false
    private var lists: [(isOrdered: Bool, count: Int)] = []
    private var cellDepth = 0
    private var hasParagraphInCell = false
    private var isHeaderCell = false

    mutating func take(_ piece: MarkupPiece) {
        switch piece {
        case .text(let text): add(text)
        case .open(let name, let classes): open(name, classes)
        case .close(let name): close(name)
        }
    }

    mutating func finish() -> String {
        endParagraph()
        return output
    }

    private mutating func add(_ text: String) {
        let isBlank = text.allSatisfy { $0.isWhitespace && $0 != "\u{3000}" }
        if isBlank, !isOpen { return }
        isOpen = true
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if number > 0, !isBlank { runs += "<w:r><w:br/></w:r>" }
            guard !line.isEmpty else { continue }
            let bold = isBold || isHeaderCell ? "<w:rPr><w:b/></w:rPr>" : ""
            runs += "<w:r>\(bold)<w:t xml:space=\"preserve\">\(WordDocument.escape(String(line)))</w:t></w:r>"
        }
    }

    private mutating func open(_ name: String, _ own: [String]) {
        switch name {
        case "br": runs += "<w:r><w:br/></w:r>"
        case "strong", "b": isBold = true
        case "span", "em", "small": break
        case "table":
            endParagraph()
            output += """
                <w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>\
                \(["top", "left", "bottom", "right", "insideH", "insideV"].map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"555555\"/>" }.joined())\
                </w:tblBorders></w:tblPr>
                """
        case "thead", "tbody", "colgroup", "col": break
        case "tr": output += own.contains("tall") ? "<w:tr><w:trPr><w:trHeight w:val=\"800\"/></w:trPr>" : "<w:tr>"
        case "td", "th":
            output += "<w:tc><w:tcPr/>"
            cellDepth += 1
            hasParagraphInCell = false
            isHeaderCell = name == "th"
        case "ul", "ol":
            endParagraph()
            lists.append((name == "ol", 0))
        default:
            endParagraph()
            if own.contains("break") { breaks = true }
            classes.append(own)
            style = ["h1": "Heading1", "h2": "Heading2", "h3": "Heading3"][name] ?? (own.contains("small") ? "Small" : "Normal")
            if name == "li", !lists.isEmpty {
                lists[lists.count - 1].count += 1
                let list = lists[lists.count - 1]
                add(list.isOrdered ? "\(list.count)．" : "・")
            }
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "br", "span", "em", "small", "thead", "tbody", "colgroup", "col": break
        case "strong", "b": isBold = false
        case "table": output += "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>"
        case "tr": output += "</w:tr>"
        case "td", "th":
            endParagraph()
            // A cell without a paragraph is not valid (ECMA-376 part 1, 17.4.65).
            if !hasParagraphInCell { output += "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>" }
            output += "</w:tc>"
            cellDepth -= 1
            isHeaderCell = false
        case "ul", "ol":
            endParagraph()
            _ = lists.popLast()
        default:
            endParagraph()
            _ = classes.popLast()
            style = "Normal"
        }
    }

    private mutating func endParagraph() {
        defer {
            runs = ""
            isOpen = false
        }
        guard isOpen || !runs.isEmpty else { return }
        let all = Set(classes.joined())
        var properties = "<w:pStyle w:val=\"\(cellDepth > 0 ? "Cell" : style)\"/>"
        if breaks, cellDepth == 0 {
            properties += "<w:pageBreakBefore/>"
            breaks = false
        }
        if all.contains("box"), cellDepth == 0 {
            let edges = ["top", "left", "bottom", "right"]
            properties +=
                "<w:pBdr>\(edges.map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"333333\"/>" }.joined())</w:pBdr>"
        }
        if all.contains("quote") { properties += "<w:ind w:left=\"400\"/>" }
        if all.contains("right") {
            properties += "<w:jc w:val=\"right\"/>"
        } else if all.contains("center") {
            properties += "<w:jc w:val=\"center\"/>"
        }
        output += "<w:p><w:pPr>\(properties)</w:pPr>\(runs)</w:p>"
        if cellDepth > 0 { hasParagraphInCell = true }
    }
}
