public import AkashiGuide
public import Mustache

// A part of the guide has thousands of marks, and of each mark all fields but one are missing. What is missing is looked for in everything
// further out, by reflection: here it is said to be missing at once.

extension GuideMark: MustacheParent {
    /// A field by its name.
    public func child(named name: String) -> Any? {
        switch name {
        case "plain": plain ?? missing
        case "strongly": strongly ?? missing
        case "jump": jump ?? missing
        case "reach": reach ?? missing
        default: nil
        }
    }
}

extension GuideBlockMarks: MustacheParent {
    /// A field by its name.
    public func child(named name: String) -> Any? {
        switch name {
        case "paragraph": paragraph ?? missing
        case "steps": steps ?? missing
        case "items": items ?? missing
        default: nil
        }
    }
}

extension GuideBlockMarks.Line: MustacheParent {
    /// A field by its name.
    public func child(named name: String) -> Any? { name == "marks" ? marks : nil }
}

extension GuideBlockMarks.List: MustacheParent {
    /// A field by its name.
    public func child(named name: String) -> Any? { name == "lines" ? lines : nil }
}

/// A section that is not shown.
private var missing: Any { false }
