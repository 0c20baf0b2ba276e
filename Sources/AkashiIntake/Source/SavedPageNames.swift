/// Names of files inside of what the browser's extension sends.
public enum SavedPageNames {
    /// What the extension says of the page.
    public static let about = "akashi-browser.json"
}
