public import Foundation

/// Where the project and the material beside it lie, found from this file's own place.
public enum ProjectFolder {
    /// The top folder of the project.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Real files made by others, if they lie beside the project; nil where they do not.
    public static let samples: URL? = existing("../shared/samples")

    private static func existing(_ path: String) -> URL? {
        let url = root.appending(path: path).standardized
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
