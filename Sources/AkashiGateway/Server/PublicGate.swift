import AkashiModel
import HTTPTypes
import Hummingbird
import NIOCore

/// What every request from the internet passes, and the headers of every answer. Nothing of a request is written down.
struct PublicGate: RouterMiddleware {
    typealias Context = GatewayContext

    let origins: [String]

    func handle(
        _ request: Request, context: GatewayContext, next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = request.method == .options ? Response(status: .noContent) : try await next(request, context)
        } catch let error as HTTPError {
            response = .problem(error.status, "refused")
        } catch is NIOTooManyBytesError {
            response = .problem(.contentTooLarge, "too-large")
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as GatewayError where error.kind == .busy {
            response = .problem(.serviceUnavailable, "busy", retryAfter: 1)
        } catch is GatewayError {
            response = .problem(.serviceUnavailable, "store", retryAfter: 10)
        } catch {
            response = .problem(.internalServerError, "failed")
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        let frames = origins.isEmpty ? "'none'" : origins.joined(separator: " ")
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors \(frames)"
        response.headers[.vary] = "Origin"
        if let origin = request.headers[.origin], origins.contains(origin) {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlAllowMethods] = "GET, POST"
            response.headers[.accessControlAllowHeaders] = "Content-Type, Idempotency-Key"
            response.headers[.accessControlMaxAge] = "86400"
            response.headers[.crossOriginResourcePolicy] = "cross-origin"
        }
        return response
    }
}
