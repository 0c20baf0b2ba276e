import AkashiIntake

/// A table that she explained.
enum TableMappingFixture {
    static func make() -> TableMapping {
        TableMapping(
            id: "hers", platform: "shop", kind: "comment", recognise: ["いつ", "だれ", "ことば"], time: ["いつ"], accountName: "だれ",
            text: ["ことば"])
    }
}
