import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What becomes of a visit.
enum Answer: Sendable {
    /// A page.
    case page(any Page, Notice? = nil)
    /// Look at another page, below the secret path.
    case go(String)
    /// Look at another page with what stands in the form; its address shows only the fields that say nothing of anybody.
    case ask(String, open: Set<String> = [])
    /// Pixels.
    case picture([UInt8])
    /// A file to keep. Never shown by the browser itself.
    case file([UInt8], name: String, type: String)
    /// Something ready.
    case response(Response)
}

extension Response {
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func bytes(_ bytes: [UInt8], type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func download(_ bytes: [UInt8], name: String, type: String) -> Response {
        var response = Response.bytes(bytes, type: type)
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._"))
        let encoded = name.addingPercentEncoding(
            withAllowedCharacters: allowed.intersection(.init(charactersIn: "\u{0}"..."\u{7F}")))
        response.headers[.contentDisposition] = "attachment; filename*=UTF-8''\(encoded ?? "file")"
        // Should a browser show it after all, nothing in it runs.
        response.headers[.contentSecurityPolicy] = "sandbox; default-src 'none'"
        return response
    }

    static func redirect(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
