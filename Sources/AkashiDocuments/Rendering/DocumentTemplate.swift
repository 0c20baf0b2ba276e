import AkashiBrowser
public import AkashiKnowledge
import AkashiModel
import Mustache

/// What a paper is made from: a struct with a field for every mark of its template.
public protocol DocumentInput: Sendable {
    /// The folder below `Knowledge/documents`.
    static var documentID: String { get }
}

/// Makes papers from data and templates.
public struct DocumentRenderer: Sendable {
    private let knowledge: Knowledge

    /// Takes the folder with the templates.
    public init(_ knowledge: Knowledge) { self.knowledge = knowledge }

    /// Fills a template in. Everything is escaped; the tidy test bans marks that are not.
    ///
    /// - Throws: ``DocumentErrorCode/templateDamaged`` or a ``KnowledgeError``.
    public func render<Input: DocumentInput>(_ input: Input, file: String = "body.ja.mustache") throws -> String {
        let source = try knowledge.text("documents/\(Input.documentID)/\(file)")
        do {
            // Plain text is not HTML: 「<」 in a letter to a lawyer stays 「<」.
            let type = file.hasSuffix(".txt.mustache") ? "{{% CONTENT_TYPE:TEXT}}" : ""
            return try MustacheTemplate(string: type + source).render(input)
        } catch {
            throw DocumentError(.templateDamaged, ["document": Input.documentID])
        }
    }

    /// Fills a template in and prints it to PDF.
    ///
    /// - Throws: ``DocumentError``.
    public func pdf(_ input: some DocumentInput, file: String = "body.ja.mustache") async throws -> [UInt8] {
        let html = try render(input, file: file)
        do {
            return try await Browser().pdf(html: html)
        } catch BrowserError.missing {
            throw DocumentError(.browserMissing)
        } catch {
            throw DocumentError(.pdfFailed, ["detail": "\(error)"])
        }
    }
}
