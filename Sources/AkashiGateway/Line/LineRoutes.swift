import Hummingbird
import NIOCore

/// Where LINE brings events. Nobody without its signature learns more than that the path exists.
struct LineRoutes: Sendable {
    private static let maximumByteCount = 1 << 20

    let channel: LineChannel

    func add(to router: Router<GatewayContext>) {
        router.post("line/webhook") { [channel] request, _ -> Response in
            var buffer = try await request.body.collect(upTo: Self.maximumByteCount)
            let body = buffer.readBytes(length: buffer.readableBytes) ?? []
            guard channel.isSigned(request.headers[.lineSignature], body) else { return .problem(.unauthorized, "signature") }
            guard try await channel.take(body) else { return .problem(.badRequest, "webhook-unreadable") }
            return .text("ok\n", type: "text/plain; charset=utf-8")
        }
    }
}
