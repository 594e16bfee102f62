import AppHarness
import Primitives
import TestSupport
import Testing

@testable import Admin

/// A stocktake as a scanner and a person make it: forms alone, without a script.
@Suite(.timeLimit(.minutes(5)))
struct StocktakeTests {
    private static let path = "/admin/stocktake/"

    /// A browser at an empty sheet, and what the shop has.
    private struct Counting: Sendable {
        let admin: HTTPProbe
        let browser: AdminBrowser
        let lamp: Int
        let vase: Int

        /// Sends the page's form, and returns what comes.
        func send(_ answer: AdminBrowser.Answer, _ values: [String: String]) async throws -> AdminBrowser.Answer {
            let form = try #require(answer.page.form(to: StocktakeTests.path), "\(answer.status) \(answer.page.texts)")
            let sent = try await browser.submit(form, values)
            #expect(sent.status == 200 && sent.page.faults.isEmpty, "\(sent.status) \(sent.page.faults)")
            return sent
        }

        /// Scans, with a number in all where one is typed.
        func scan(
            _ answer: AdminBrowser.Answer, _ code: String, _ quantity: String = ""
        ) async throws -> AdminBrowser.Answer {
            try await send(answer, ["code": code, "quantity": quantity, "do": "count"])
        }

        func onHand(_ product: Int) async throws -> Int? {
            try await admin.send("GET", "/api/inventory/stock/\(product)/")["quantity"]?.number
        }

        func adjust(_ product: Int, by quantity: Int) async throws {
            let answer = try await admin.send(
                "POST", "/api/inventory/stock/adjust/",
                json: ["product_id": .number(String(product)), "quantity": .number(String(quantity))])
            try #require(answer.status == 201, "\(answer.text)")
        }
    }

    private static func counting(
        _ backend: Backend, _ body: @escaping @Sendable (Counting, AdminBrowser.Answer) async throws -> Void
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let lamp = try await stand.product("Lamp", stock: 5, by: admin)
            let vase = try await stand.product("Vase", stock: 3, by: admin)
            let browser = stand.browser()
            try await browser.signIn(ShopHarness.adminEmail)
            let page = try await browser.get(path)
            try #require(page.status == 200 && page.page.heading == "Stocktake", "\(page.page.texts)")
            try await body(Counting(admin: admin, browser: browser, lamp: lamp, vase: vase), page)
        }
    }

    @Test(arguments: Backend.available)
    func `a scan counts one more, a number counts in all, and each difference is booked once`(
        _ backend: Backend
    ) async throws {
        try await Self.counting(backend) { counting, page in
            var page = page
            for _ in 0..<3 { page = try await counting.scan(page, "sku-lamp") }
            page = try await counting.scan(page, "SKU-Vase", "3")
            #expect(page.page.texts.contains("Counted: 2, differing: 1"), "\(page.page.texts)")
            let preview = try await counting.send(page, ["do": "preview"])
            #expect(preview.page.heading == "Book the differences")
            #expect(preview.page.texts.contains("-2") && !preview.page.texts.contains("Vase"), "\(preview.page.texts)")
            #expect(try await counting.onHand(counting.lamp) == 5, "a preview books nothing")
            for _ in 0..<2 {
                let booked = try await counting.send(preview, ["do": "book"])
                #expect(booked.page.texts.contains("Booked: 1. As expected: 1."), "\(booked.page.texts)")
                #expect(try await counting.onHand(counting.lamp) == 3)
            }
            let movements = try await counting.admin.send(
                "GET", "/api/inventory/movements/?product=\(counting.lamp)&movement_type=adjustment")
            #expect(movements["count"]?.number == 1, "\(movements.text)")
            #expect(movements["results"]?[0]?["notes"]?.text == "Stocktake: 3 counted, 5 expected")
        }
    }

    @Test func `what is taken while others are still counted is not missing`() async throws {
        try await Self.counting(.sqlite) { counting, page in
            let counted = try await counting.scan(page, "SKU-Lamp", "4")
            try await counting.adjust(counting.lamp, by: -2)
            // The fifth lay elsewhere: five were there when the counting began, and five were found.
            let again = try await counting.scan(counted, "SKU-Lamp")
            let preview = try await counting.send(again, ["do": "preview"])
            #expect(preview.page.texts.contains("Everything is as expected; there is nothing to book."))
            #expect(try await counting.onHand(counting.lamp) == 3)
        }
    }

    @Test func `a difference is booked on what is on hand by then`() async throws {
        try await Self.counting(.sqlite) { counting, page in
            let counted = try await counting.scan(page, "SKU-Lamp", "4")
            try await counting.adjust(counting.lamp, by: 10)
            let preview = try await counting.send(counted, ["do": "preview"])
            #expect(preview.page.texts.contains("moved since"), "\(preview.page.texts)")
            _ = try await counting.send(preview, ["do": "book"])
            #expect(try await counting.onHand(counting.lamp) == 14)
        }
    }

    @Test func `what is refused stays on the sheet with the reason`() async throws {
        try await Self.counting(.sqlite) { counting, page in
            var page = try await counting.scan(page, "SKU-Lamp", "0")
            page = try await counting.scan(page, "SKU-Vase", "9")
            try await counting.adjust(counting.lamp, by: -3)
            let preview = try await counting.send(page, ["do": "preview"])
            let booked = try await counting.send(preview, ["do": "book"])
            #expect(booked.page.texts.contains("Booked: 1. As expected: 0."), "\(booked.page.texts)")
            #expect(booked.page.texts.contains { $0.contains("Only 2 can be taken away") }, "\(booked.page.texts)")
            let rest = try await counting.send(booked, ["do": "show"])
            #expect(rest.page.texts.contains("Counted: 1, differing: 1"), "\(rest.page.texts)")
            let right = try await counting.scan(rest, "SKU-Lamp", "0")
            _ = try await counting.send(right, ["do": "book"])
            #expect(try await counting.onHand(counting.lamp) == 0)
            #expect(try await counting.onHand(counting.vase) == 9)
        }
    }

    @Test func `what is unknown, or no number, is said and counts nothing`() async throws {
        try await Self.counting(.sqlite) { counting, page in
            for (code, quantity, reason) in [
                ("NOTHING", "", "Nothing has the SKU “NOTHING”."), ("SKU-Lamp", "-1", "“-1” cannot be counted"),
                ("SKU-Lamp", "many", "“many” cannot be counted"), ("<b>x</b>", "", "Nothing has the SKU “<b>x</b>”."),
            ] {
                let answer = try await counting.scan(page, code, quantity)
                #expect(answer.page.texts.contains { $0.contains(reason) }, "\(code): \(answer.page.texts)")
                #expect(answer.page.texts.contains("Nothing was counted yet."))
            }
            let blank = try await counting.scan(page, "   ")
            #expect(blank.page.texts.contains("Nothing was counted yet."))
            let one = try await counting.scan(page, "SKU-Lamp")
            let key = try #require(one.page.form(to: Self.path)?.buttons.first { $0.name == "remove" }?.value)
            let none = try await counting.send(one, ["remove": key])
            #expect(none.page.texts.contains("Nothing was counted yet."), "\(none.page.texts)")
        }
    }

    @Test func `a sheet is read as it was written, and nothing else is one`() throws {
        var sheet = StocktakeSheet(token: "abc-1", warehouse: "7")
        for number in 1...600 {
            let found = JSONValue.object([
                "product_id": .number(String(number)), "variant_id": number % 2 == 0 ? .number("5") : .null,
                "sku": .string("SKU\t\(number)"), "product_name": .string("Name\n\u{301}<\(number)>"),
                "variant_name": .string(number % 2 == 0 ? "XL" : ""), "quantity": .number("3"),
            ])
            #expect(sheet.count(found, number % 3 == 0 ? 9 : nil) != nil)
        }
        let read = try #require(StocktakeSheet(sheet.text.replacing("\n", with: "\r\n")))
        #expect(read.text == sheet.text && read.lines.count == 600 && read.differing.count == sheet.differing.count)
        #expect(read.lines.first?.key == "600.5" && read.lines.last?.key == "1")
        for text in ["", "x", "2\tabc\t1", "1\t\t1", "1\ta b\t1", "1\tabc\tx", "1\tabc"] {
            #expect(StocktakeSheet(text) == nil, "\(text)")
        }
        let some = try #require(StocktakeSheet("1\tabc\t1\n1\t\t5\t4\tA\tB\n1\t\t-1\t4\tA\tB\nx\t\t5\t4\tA\tB\n\t\n"))
        #expect(some.lines.count == 1 && some.lines[0].difference == -1)
    }
}
