import AppHarness
import Documents
import Media
import Primitives
import TestSupport
import Testing

/// Files that leave the shop, as other programs open them.
@Suite struct ArchivePythonTests {
    @Test func `an archive is opened whole by another program`() async throws {
        struct Entry: Decodable, Sendable, Equatable {
            let name: String
            let hex: String
        }
        let script = """
            import io, zipfile

            def answer(case):
                archive = zipfile.ZipFile(io.BytesIO(bytes.fromhex(case)))
                assert archive.testzip() is None
                return [{"name": entry.filename, "hex": archive.read(entry).hex()} for entry in archive.infolist()]
            """
        let random = RandomSource.seeded(181)
        let contents = (0..<40).map { _ in
            (0..<random.number(below: 8)).map { number in
                ("folder-\(number % 3)/file_\(number).json", random.bytes(random.number(below: 3_000)))
            }
        }
        let archives = contents.map { files in
            var zip = ZipArchive()
            for (name, bytes) in files { zip.add(name, bytes) }
            return Hex.encode(zip.bytes)
        }
        for (files, entries) in zip(contents, try await TestPython.answers(script, to: archives, as: [Entry].self)) {
            #expect(entries == files.map { Entry(name: $0.0, hex: Hex.encode($0.1)) })
        }
    }

    @Test(arguments: [
        ("products/ab/cd/x.webp", "image/webp"), ("a.png", "image/png"), ("a.jpg", "image/jpeg"),
        ("a.jpeg", "image/jpeg"),
        ("papers/1.pdf", "application/pdf"), ("a.csv", "text/csv; charset=utf-8"), ("a", "application/octet-stream"),
        ("a.html", "application/octet-stream"), ("a.svg", "application/octet-stream"),
        ("a.webp.js", "application/octet-stream"),
    ])
    func `a kept file is served as what its name says, and as nothing that a browser would run`(
        _ key: String, _ type: String
    ) throws {
        #expect(try #require(MediaKey(key)).contentType == type)
    }
}
