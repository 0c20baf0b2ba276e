import Hummingbird

/// What is known about a request.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who asks; nil if nobody is let in.
    var session: Session?

    init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }

    /// Forms are small. Uploads are read piece by piece and are not held to this.
    var maxUploadSize: Int { 1 << 20 }
}
