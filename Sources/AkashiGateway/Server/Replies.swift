import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: Array(try encoder.encode(value)))))
    }

    static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A problem of the request (RFC 9457): its name, and a sentence for who builds on the API.
    static func problem(_ status: HTTPResponse.Status, _ name: String, retryAfter: Int? = nil) -> Response {
        var response = Response(
            status: status, headers: [.contentType: "application/problem+json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "{\"status\":\(status.code),\"title\":\"\(name)\"}")))
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }
}

extension HTTPField.Name {
    static let idempotencyKey = name("Idempotency-Key")
    static let lineSignature = name("X-Line-Signature")
    static let forwardedFor = name("X-Forwarded-For")
    static let referrerPolicy = name("Referrer-Policy")
    static let crossOriginResourcePolicy = name("Cross-Origin-Resource-Policy")

    private static func name(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is a field's name") }
        return field
    }
}
