import AkashiIntake
import AkashiModel
import AkashiPDFImporter
import AkashiTesting
import Foundation
import Testing

@Suite("PDF")
struct PDFTests {
    private static let letter = ProjectFolder.root.appending(path: "Importers/PDF/Cases/letter.pdf")

    private func read(_ bytes: [UInt8]) throws -> ImportResult {
        try ImportResult(PDFImporter(), SealedTree.memory([("a.pdf", bytes)]))
    }

    @Test("the words and the file's own time are read")
    func words() throws {
        let bytes = try Array(Data(contentsOf: Self.letter))
        let record = try #require(read(bytes).records.first)
        #expect(record.text?.contains("この店はやめたほうがいい") == true)
        #expect(record.claimedTime != nil && record.remarks.contains(Remark("pdf.time-of-file")))
        #expect(record.details["pages"] == "1")
        try ImporterConformance.check(PDFImporter(), [("a.pdf", bytes)])
    }

    @Test("a page that is a picture is read by a program, and a remark says so")
    func scan() throws {
        let folder = try TemporaryFolder()
        // A scan: the page as a picture inside a PDF.
        let script = """
            import subprocess, sys, zlib
            png = subprocess.run(["pdftoppm", "-r", "200", "-f", "1", "-l", "1", sys.argv[1]], capture_output=True).stdout
            head, size, depth, data = png.split(b"\\n", 3)
            w, h = map(int, size.split())
            body = zlib.compress(data)
            objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
                b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\\n%s\\nendstream" % (w, h, len(body), body),
                b"<</Length 29>>stream\\nq 595 0 0 842 0 0 cm /I Do Q \\nendstream"]
            out = b"%PDF-1.4\\n"; places = []
            for n, o in enumerate(objects, 1): places.append(len(out)); out += b"%d 0 obj" % n + o + b"endobj\\n"
            x = len(out); out += b"xref\\n0 6\\n0000000000 65535 f \\n" + b"".join(b"%010d 00000 n \\n" % p for p in places)
            out += b"trailer<</Size 6/Root 1 0 R>>\\nstartxref\\n%d\\n%%%%EOF" % x
            open("scan.pdf", "wb").write(out)
            """
        let made = try Command.run("python3", ["-c", script, Self.letter.path], folder: folder.url)
        try #require(made.status == 0, "\(made.errors)")
        let record = try #require(read(Array(Data(contentsOf: folder.url.appending(path: "scan.pdf")))).records.first)
        #expect(record.text?.contains("やめたほうがいい") == true)
        #expect(record.remarks.contains(Remark("picture.read-by-program")))
    }

    @Test("a locked file and a broken one are kept and listed")
    func locked() throws {
        let folder = try TemporaryFolder()
        let made = try Command.run(
            "qpdf", ["--encrypt", "geheim", "x", "256", "--", Self.letter.path, "locked.pdf"], folder: folder.url)
        try #require(made.status == 0, "\(made.errors)")
        let locked = try read(Array(Data(contentsOf: folder.url.appending(path: "locked.pdf"))))
        #expect(locked.records.count == 1 && locked.problems == ["media.unreadable"])
        let broken = try read(Array("%PDF-1.7\nnothing".utf8))
        #expect(broken.records.count == 1 && broken.problems == ["media.unreadable"])
    }
}
