import AkashiFormats
import AkashiIntake
import AkashiModel
import Foundation

/// Puts a capture into one file: WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/), with what it says of itself in `akashi/`.
enum CaptureWacz {
    private struct DataPackage: Encodable {
        struct Resource: Encodable {
            let name: String
            let path: String
            let hash: String
            let bytes: Int
        }
        let profile = "data-package"
        let waczVersion = "1.1.1"
        let title: String
        let created: String
        let modified: String
        let software: String
        let mainPageUrl: String
        let mainPageDate: String
        let resources: [Resource]

        private enum CodingKeys: String, CodingKey {
            case profile, title, created, modified, software, mainPageUrl, mainPageDate, resources
            case waczVersion = "wacz_version"
        }
    }

    private struct Digest: Encodable {
        let path = "datapackage.json"
        let hash: String
    }

    private struct PageLine: Encodable {
        let id: String
        let url: String
        let ts: String
        let title: String
        let text: String
        let size: Int
    }

    /// The bytes of the file.
    static func pack(
        _ raw: RawCapture, _ report: CaptureReport, _ proof: RenderProof, differences: [[UInt8]], software: String,
        newID: @escaping () -> String
    ) throws -> [UInt8] {
        let warc = CaptureWarc(raw, software: software, newID: newID)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let pretty = JSONEncoder()
        pretty.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let page = PageLine(
            id: newID(), url: report.address, ts: raw.start.utcText, title: report.title, text: raw.facts.text,
            size: warc.bytes.count)
        let head = #"{"format":"json-pages-1.0","id":"pages","title":"All Pages","hasText":true}"#
        let pages = Array(head.utf8) + [10] + Array(try encoder.encode(page)) + [10]
        var files: [(path: String, bytes: [UInt8])] = [
            ("archive/\(CaptureWarc.filename)", warc.bytes), ("indexes/index.cdx", CDXJLine.index(warc.index)),
            ("pages/pages.jsonl", pages), ("akashi/capture.json", Array(try pretty.encode(report))),
            ("akashi/render.json", Array(try pretty.encode(proof))),
        ]
        for (number, picture) in raw.pictures.enumerated() { files.append(("akashi/full-page-\(number + 1).png", picture)) }
        for (number, picture) in differences.enumerated() { files.append(("akashi/difference-\(number + 1).png", picture)) }
        let package = DataPackage(
            title: report.title.isEmpty ? report.address : report.title, created: raw.start.utcText,
            modified: raw.start.utcText, software: software, mainPageUrl: report.address, mainPageDate: raw.start.utcText,
            resources: files.map { file in
                DataPackage.Resource(
                    name: String(file.path.split(separator: "/").last ?? ""), path: file.path,
                    hash: "sha256:" + SliceDigest.of(file.bytes).hex, bytes: file.bytes.count)
            })
        let description = Array(try pretty.encode(package))
        files.append(("datapackage.json", description))
        files.append(
            ("datapackage-digest.json", Array(try pretty.encode(Digest(hash: "sha256:" + SliceDigest.of(description).hex)))))
        return try ZipWriter.zip(files, isStored: true)
    }
}
