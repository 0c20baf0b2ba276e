import AkashiFormats
import AkashiModel

extension RenderedPaper {
    /// The paper as a Word file, to be changed in any writing program.
    ///
    /// - Parameter header: what stands at the top of each page.
    /// - Throws: ``DocumentErrorCode/pdfFailed`` if it cannot be packed.
    public func docx(header: String) throws -> [UInt8] {
        do {
            return try WordDocument.docx(title: fileName, header: header, markup: body)
        } catch {
            throw DocumentError(.pdfFailed, ["detail": "docx"])
        }
    }
}
