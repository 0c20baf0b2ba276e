import AkashiDesk
import AkashiFormats
import AkashiModel
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Takes what the browser's extension sends.
struct ExtensionIntake: Sendable {
    /// Bytes of one page with its picture.
    static let maximumByteCount = 128 << 20

    let site: Site

    func take(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let secret = context.parameters.get("secret"), site.pairing.matches(secret), let desk = await site.door.current,
            let boundary = MultipartReader.boundary(ofContentType: request.headers[.contentType] ?? "")
        else { throw RefusedRequest() }
        await site.door.hold()
        do {
            let page = try await parts(request, boundary)
            let report = try await desk.add(page)
            await site.door.release()
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: "{\"sealed\":\(report.sealedCount),\"known\":\(report.knownCount)}")))
        } catch {
            await site.door.release()
            throw error is CancellationError ? error : RefusedRequest()
        }
    }

    private func parts(_ request: Request, _ boundary: String) async throws -> BrowserPage {
        var reader = MultipartReader(boundary: boundary)
        var current: MultipartReader.Head?
        var parts: [String: (name: String?, bytes: [UInt8])] = [:]
        var count = 0
        for try await buffer in request.body {
            count += buffer.readableBytes
            guard count <= Self.maximumByteCount else { throw RefusedRequest() }
            for event in try reader.take(buffer.readableBytesView) {
                switch event {
                case .begin(let head):
                    current = head
                    parts[head.name] = (head.fileName, [])
                case .data(let bytes): if let current { parts[current.name]?.bytes += bytes }
                case .end: current = nil
                }
            }
        }
        guard reader.isFinished, let about = parts["about"]?.bytes, let page = parts["page"], !page.bytes.isEmpty,
            (try? JSONSerialization.jsonObject(with: Data(about))) is [String: Any]
        else { throw RefusedRequest() }
        return BrowserPage(
            about: about, document: page.bytes, isMHTML: page.name?.hasSuffix(".mhtml") ?? false,
            picture: parts["picture"]?.bytes)
    }
}
