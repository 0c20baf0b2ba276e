import AkashiModel
import AkashiModeration
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What only the desk may ask, on a listener of its own, with its token. The gateway can hand over, never open.
struct DeskRoutes: Sendable {
    /// Comments in one answer, and bytes of a request.
    static let waitingCount = 500
    private static let maximumByteCount = 16 << 20

    /// Bytes of envelopes in one answer, but for the last of them.
    private static let waitingByteCount = 16 << 20

    let gateway: Gateway
    let line: LineChannel?

    func add(to router: Router<GatewayContext>) {
        router.add(middleware: DeskGate(gateway: gateway))
        router.get("desk/state") { [gateway] _, _ -> Response in
            try .json(
                GatewayState(
                    waiting: try await gateway.store.waitingCount(), mode: gateway.configuration.mode,
                    hasRules: gateway.judge.hasRules))
        }
        router.get("desk/waiting") { [gateway] _, _ -> Response in
            try .json(
                try await gateway.store.waiting(limit: Self.waitingCount, bytes: Self.waitingByteCount).map {
                    GatewayEnvelope(sequence: $0.sequence, envelope: Data($0.envelope))
                })
        }
        router.post("desk/forget") { [gateway] request, _ -> Response in
            try await gateway.forget(try await read([Int64].self, request))
            return Response(status: .noContent)
        }
        router.get("desk/shown") { [gateway] _, _ -> Response in try .json(try await gateway.store.shownIDs()) }
        router.post("desk/show") { [gateway] request, _ -> Response in
            let list = try await read(GatewayShowList.self, request)
            try await gateway.store.show(list.show, withdraw: list.withdraw)
            return Response(status: .noContent)
        }
        router.post("desk/reminders") { [line] request, _ -> Response in
            guard let line else { return .problem(.notFound, "no-line") }
            try await line.remind(on: try await read(LineReminders.self, request))
            return Response(status: .noContent)
        }
        router.post("desk/rules") { [gateway] request, _ -> Response in
            try gateway.judge.take(try await read(GatewayRules.self, request))
            return Response(status: .noContent)
        }
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ request: Request) async throws -> Value {
        var buffer = try await request.body.collect(upTo: Self.maximumByteCount)
        let bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
        guard let value = try? JSONDecoder().decode(type, from: Data(bytes)) else { throw HTTPError(.badRequest) }
        return value
    }
}

/// Nobody without the token learns even whether a path exists.
private struct DeskGate: RouterMiddleware {
    typealias Context = GatewayContext

    let gateway: Gateway

    func handle(
        _ request: Request, context: GatewayContext, next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard let given = request.headers[.authorization], given.hasPrefix("Bearer "),
            gateway.isDesk(String(given.dropFirst("Bearer ".count)))
        else { return .problem(.unauthorized, "token") }
        do { return try await next(request, context) } catch let error as HTTPError {
            return .problem(error.status, "refused")
        } catch is GatewayError {
            return .problem(.serviceUnavailable, "store", retryAfter: 10)
        } catch let error as any CodedError {
            return .problem(.unprocessableContent, error.code)
        }
    }
}
