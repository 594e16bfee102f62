import AppHarness
import Primitives
import TestSupport
import Testing

/// What staff do on the page of an order, by its forms alone; what has become of it the API tells.
@Suite(.timeLimit(.minutes(5)))
struct OrderPageTests {
    @Test(arguments: Backend.available)
    func `an authorized payment is captured on the page of its order`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let made = try await desk.fixture.values(for: ["authorized_order"])
            let (order, payment) = (made["authorized_order"] ?? "", made["authorized"] ?? "")
            let path = "/api/admin/payments/\(payment)/"
            try #require(try await desk.read(path).text("status") == "authorized")
            let form = try await desk.form("capture-payment", of: order, row: payment)
            let refused = try await desk.browser.submit(form, ["amount": "999.00"])
            #expect((400..<500).contains(refused.status), "\(refused.status) \(refused.page.texts)")
            #expect(refused.page.form(to: form.action)?["amount"] == "999.00", "what was typed is kept")
            #expect(try await desk.read(path).text("status") == "authorized")
            try await desk.act("capture-payment", on: order, row: payment)
            let captured = try await desk.read(path)
            #expect(captured.text("status") == "completed" && captured.text("captured_amount") == "20.00")
            #expect(try await desk.order(order).text("payment_status") == "paid")
            let links = try await desk.browser.get(OrderPageDesk.path(of: order)).page.links
            #expect(!links.contains(form.action), "nothing is left to capture")
            #expect(links.contains { $0.contains("/do/refund/") }, "\(links)")
        }
    }

    @Test(arguments: Backend.available)
    func `a part of an order is sent, and then the rest of it, each with its slip`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let order = try await desk.fixture.values(for: ["taken"])["taken"] ?? ""
            let line = try await desk.line(of: order)
            let field = "items.\(line.int("id"))"
            let whole = try await desk.form("ship", of: order)
            #expect(whole[field] == "2", "a parcel begins with all that is still to be sent")
            let nothing = try await desk.browser.submit(whole, [field: "0"])
            #expect(nothing.status == 400 && nothing.page.texts.contains("Enter one at least."))
            let tooMany = try await desk.browser.submit(whole, [field: "3"])
            #expect((400..<500).contains(tooMany.status), "\(tooMany.status) \(tooMany.page.texts)")
            #expect(try await desk.order(order)["shipments"]?.elements.isEmpty == true)
            try await desk.act("ship", on: order, [field: "1", "carrier": "DHL", "tracking_number": "JD0146"])
            let parted = try await desk.line(of: order)
            #expect(parted.int("shipped_quantity") == 1 && parted.int("unshipped_quantity") == 1, "\(parted)")
            let rest = try await desk.form("ship", of: order)
            #expect(rest[field] == "1", "one is left")
            try await desk.act("ship", on: order, ["carrier": "UPS", "tracking_number": "1Z999"])
            let sent = try await desk.order(order)
            let parcels = sent["shipments"]?.elements ?? []
            #expect(sent.text("status") == "shipped" && parcels.count == 2, "\(sent)")
            #expect(Set(parcels.map { $0.text("tracking_number") }) == ["JD0146", "1Z999"], "\(parcels)")
            for parcel in parcels {
                let slip = "\(OrderPageDesk.path(of: order))files/slip/?row=\(parcel.int("id"))"
                let links = try await desk.browser.get(OrderPageDesk.path(of: order)).page.links
                #expect(links.contains(slip), "\(links)")
                let paper = try await PaperReader.text(try await desk.browser.get(slip).response.body)
                #expect(paper.contains("1 of 2") && paper.contains(sent.text("order_number")), "\(paper)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `goods that a customer sends back are announced, approved and received`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let order = try await desk.fixture.values(for: ["shipped"])["shipped"] ?? ""
            try await desk.act("deliver-all", on: order)
            #expect(try await desk.order(order).text("status") == "delivered")
            let line = try await desk.line(of: order)
            let before = try await desk.stock(of: line)
            try await desk.act("return", on: order, ["items.\(line.int("id"))": "2", "note": "Too bright"])
            let list = "/api/orders/\(order)/returns/"
            let asked = try #require(try await desk.rows(list).first)
            #expect(asked.text("status") == "requested" && asked.text("note") == "Too bright", "\(asked)")
            let back = String(asked.int("id"))
            try await desk.act("approve-return", on: order, row: back, ["note": "Please send it."])
            #expect(try await desk.rows(list).first?.text("status") == "approved")
            let part = try #require(asked["items"]?.elements.first).int("id")
            let form = try await desk.form("receive-return", of: order, row: back)
            #expect(form["items.\(part)"] != nil && form["items.\(part).restock"] == "true", "\(form.fields)")
            try await desk.act("receive-return", on: order, row: back, ["items.\(part)": "1"])
            let received = try #require(try await desk.rows(list).first)
            let arrived = try #require(received["items"]?.elements.first)
            #expect(received.text("status") == "received" && arrived.int("received_quantity") == 1, "\(received)")
            #expect(arrived.int("restocked_quantity") == 1)
            #expect(try await desk.stock(of: line).onHand == before.onHand + 1)
            #expect(try await desk.line(of: order).int("returned_quantity") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a part of an order is canceled, and then all of it`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let order = try await desk.fixture.values(for: ["taken"])["taken"] ?? ""
            let line = try await desk.line(of: order)
            let before = try await desk.stock(of: line)
            try await desk.act(
                "cancel-part", on: order, ["items.\(line.int("id"))": "1", "reason": "It broke on our shelf."])
            let parted = try await desk.order(order)
            #expect(parted.text("status") == "processing" && parted["items"]?[0]?["cancelled_quantity"]?.number == 1)
            let canceled = try await desk.rows("/api/orders/\(order)/cancellations/")
            #expect(canceled.map { $0.text("reason") } == ["It broke on our shelf."])
            #expect(try await desk.stock(of: line).reserved == before.reserved - 1)
            try await desk.act("cancel", on: order, ["note": "Nothing is left."])
            let whole = try await desk.order(order)
            #expect(whole.text("status") == "cancelled", "\(whole)")
            let after = try await desk.stock(of: line)
            #expect(after.onHand == before.onHand && after.reserved == before.reserved - 2, "\(after)")
            let links = try await desk.browser.get(OrderPageDesk.path(of: order)).page.links
            #expect(!links.contains { $0.contains("/do/ship/") || $0.contains("/do/cancel/") }, "\(links)")
        }
    }

    @Test(arguments: Backend.available)
    func `a paid order that is canceled leaves a refund that waits for a word`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let made = try await desk.fixture.values(for: ["completed_order"])
            let order = made["completed_order"] ?? ""
            try await desk.act("cancel", on: order, ["note": "Sold out"])
            #expect(try await desk.order(order).text("status") == "cancelled")
            let waiting = try await desk.rows("/api/admin/refunds/?order=\(order)&status=requested")
            #expect(waiting.map { $0.text("amount") } == ["20.00"], "\(waiting)")
            let id = String(try #require(waiting.first).int("id"))
            let links = try await desk.browser.get(OrderPageDesk.path(of: order)).page.links
            #expect(links.contains { $0.hasSuffix("/do/approve-refund/?row=\(id)") }, "\(links)")
        }
    }

    @Test(arguments: Backend.available)
    func `a mail about an order is sent again from its page, once for each press`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            let order = try await desk.fixture.values(for: ["order"])["order"] ?? ""
            let logs = "/api/admin/email-logs/?order=\(order)&template_type=order_confirmation"
            try await poll("the mail") { try await desk.rows(logs).first?.text("status") == "sent" }
            let first = try #require(try await desk.rows(logs).first)
            let form = try await desk.form("resend", of: order, row: String(first.int("id")))
            for _ in 0..<2 { #expect(try await desk.browser.submit(form).status == 303) }
            try await poll("the mail once more") {
                let sent = try await desk.rows(logs)
                return sent.count > 1 && sent.allSatisfy { $0.text("status") == "sent" }
            }
            let sent = try await desk.rows(logs)
            #expect(sent.count == 2 && Set(sent.map { $0.text("message_key") }).count == 2, "\(sent)")
            #expect(Set(sent.map { $0.text("email") }) == [first.text("email")])
        }
    }

    @Test(arguments: Backend.available)
    func `the slips of chosen orders are one document, with a page for each`(_ backend: Backend) async throws {
        try await withOrderDesk(backend) { desk in
            var orders: [String] = []
            for name in ["taken", "shipped", "order"] {
                orders.append(try await desk.fixture.values(for: [name])[name] ?? "")
            }
            let page = try await desk.browser.get("/admin/orders/").page
            let form = try #require(page.form(to: "/admin/orders/bulk/"))
            let boxes = page.tags.filter { $0.attributes["name"] == "row" }.compactMap { $0.attributes["value"] }
            #expect(Set(boxes) == Set(orders), "\(boxes)")
            let none = try await desk.browser.submit(form, ["action": "slips"])
            #expect(try await desk.browser.follow(none).page.texts.contains("Nothing was chosen."))
            let chosen = orders.prefix(2).map { (name: "row", value: $0) }
            let led = try await desk.browser.post(form.action, form.filled(["action": "slips"]) + chosen)
            let paper = try await desk.browser.follow(led)
            #expect(paper.response.header("Content-Type") == "application/pdf", "\(paper.page.texts)")
            let text = try await PaperReader.text(paper.response.body)
            let pages = text.split(separator: "\u{0C}").filter { !$0.allSatisfy(\.isWhitespace) }
            try #require(pages.count == 2, "\(text)")
            for (page, order) in zip(pages, orders) {
                let number = try await desk.order(order).text("order_number")
                #expect(page.contains(number) && page.contains("2 of 2"), "\(number) in \(page)")
            }
            #expect(pages[0].contains("Packing list") && pages[1].contains("Delivery slip"), "\(text)")
        }
    }
}
