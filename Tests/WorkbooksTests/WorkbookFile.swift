import Primitives
import TestSupport

/// A workbook as Python's `zipfile` packs it.
struct WorkbookFile: Encodable, Sendable {
    /// The parts by their names.
    var parts: [String: String]
    /// Whether parts are deflated.
    var isDeflated = true
    /// So many spaces are a part of their own for the texts of cells.
    var blankTexts = 0

    /// A workbook whose first sheet has these rows, with `texts` for its cells to name.
    init(rows: String, texts: [String] = [], styles: String = "", properties: String = "") {
        parts = [
            "[Content_Types].xml": "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            "xl/workbook.xml": """
            <?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\(properties)<sheets>\
            <sheet name="Notes" sheetId="1" state="hidden" r:id="rId7"/><sheet name="Goods" sheetId="2" r:id="rId2"/>\
            </sheets></workbook>
            """,
            "xl/_rels/workbook.xml.rels": """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId7" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" \
            Target="/xl/worksheets/sheet2.xml"/></Relationships>
            """,
            "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
            "xl/worksheets/sheet2.xml": "<worksheet><sheetData>\(rows)</sheetData></worksheet>",
        ]
        if !texts.isEmpty {
            parts["xl/sharedStrings.xml"] = "<sst>" + texts.map { "<si>\($0)</si>" }.joined() + "</sst>"
        }
        if !styles.isEmpty { parts["xl/styles.xml"] = styles }
    }

    /// Returns the files as bytes.
    static func packed(_ files: [WorkbookFile]) async throws -> [[UInt8]] {
        let script = """
            import base64, io, zipfile

            def answer(case):
                out = io.BytesIO()
                how = zipfile.ZIP_DEFLATED if case["isDeflated"] else zipfile.ZIP_STORED
                with zipfile.ZipFile(out, "w", how) as packed:
                    for name, text in case["parts"].items():
                        packed.writestr(name, text)
                    if case["blankTexts"]:
                        packed.writestr("xl/sharedStrings.xml", b" " * case["blankTexts"])
                return base64.b64encode(out.getvalue()).decode()
            """
        let texts = try await TestPython.answers(script, to: files, as: String.self)
        return texts.map { Base64.decode($0) ?? [] }
    }
}
