import Commerce
import Primitives
import SQL

/// A payment for each of the orders of `BusyRows`, with refunds, disputes, webhooks and entries of the ledger: one of a
/// hundred is what a list asks for.
struct BusyPayments {
    let shop: CheckoutHarness

    func write() async throws {
        let rows = BusyRows(shop)
        try await rows.writeOrders()
        try await writePayments(rows)
        try await writeClaims(rows)
        try await writeEvents(rows)
        try await writeLedger(rows)
        try await rows.analyze(
            "orders, payments, payment_operations, refunds, disputes, webhook_events, ledger_entries")
    }

    private func moment(_ number: Int) -> Int64 {
        (CheckoutHarness.start - .hours(Int64(BusyRows.orders - number) * 4)).microseconds
    }

    private func gateway(_ number: Int) -> String { number % 100 == 0 ? "paypal" : "stripe" }

    private func writePayments(_ rows: BusyRows) async throws {
        try await rows.insert(
            "payments",
            """
            id, transaction_id, order_id, order_number, user_id, gateway, gateway_reference, gateway_transaction_id,
            amount, currency, authorized_amount, captured_amount, refunded_amount, fee_amount, progress, status, refund_status,
            is_surplus, next_check_at, gateway_response, created_at, updated_at
            """
        ) { number in
            let (id, isOdd) = (Int64(number), number % 100 == 0)
            return [
                .integer(id), .text("pay_\(number)"), .integer(id), .text("N\(number)"), .integer(id % 40 + 1),
                .text(gateway(number)), .text("pi_\(number)"), .text("ch_\(number)"), .integer(1_000), .text("USD"),
                .integer(1_000), .integer(1_000), .integer(500), .integer(0), .integer(3),
                .text(isOdd ? "failed" : "completed"), .text("partial"), .integer(number % 200 == 0 ? 1 : 0),
                isOdd ? .integer(moment(number)) : .null, .text("{}"), .integer(moment(number)),
                .integer(moment(number)),
            ]
        }
        try await rows.insert(
            "payment_operations",
            "payment_id, kind, idempotency_key, amount, request, status, created_at, updated_at"
        ) { number in
            [
                .integer(Int64(number)), .text("create"), .text("key-\(number)"), .integer(1_000),
                .text(#"{"email":"","savesMethod":false}"#), .text("done"), .integer(moment(number)),
                .integer(moment(number)),
            ]
        }
    }

    private func writeClaims(_ rows: BusyRows) async throws {
        try await rows.insert(
            "refunds",
            """
            payment_id, order_id, gateway, amount, currency, status, gateway_refund_id, items, requested_by,
            requested_by_id, created_at, updated_at
            """
        ) { number in
            [
                .integer(Int64(number)), .integer(Int64(number)), .text(gateway(number)), .integer(500), .text("USD"),
                .text(number % 100 == 0 ? "requested" : "completed"), .text("re_\(number)"), .text("[]"),
                .text("customer"), .integer(Int64(number % 40 + 1)), .integer(moment(number)), .integer(moment(number)),
            ]
        }
        try await rows.insert(
            "disputes",
            """
            payment_id, order_id, gateway, gateway_dispute_id, status, amount, currency, reason, created_at,
            updated_at
            """
        ) { number in
            [
                .integer(Int64(number)), .integer(Int64(number)), .text(gateway(number)), .text("dp_\(number)"),
                .text(number % 100 == 0 ? "open" : "won"), .integer(500), .text("USD"),
                .text(String(repeating: "reason ", count: 28)), .integer(moment(number)),
                .integer(moment(number)),
            ]
        }
    }

    private func writeEvents(_ rows: BusyRows) async throws {
        try await rows.insert(
            "webhook_events",
            "gateway, event_id, event_type, payment_id, payload, status, received_at, clear_at"
        ) { number in
            [
                .text(gateway(number)), .text("evt_\(number)"), .text("payment"), .integer(Int64(number)),
                .text(String(repeating: "payload ", count: 100)),
                .text(number % 100 == 0 ? "failed" : "done"), .integer(moment(number)), .integer(moment(number)),
            ]
        }
    }

    private func writeLedger(_ rows: BusyRows) async throws {
        try await rows.insert("ledger_transactions", "id, kind, order_id, payment_id, created_at") { number in
            [
                .integer(Int64(number)), .text("capture"), .integer(Int64(number)), .integer(Int64(number)),
                .integer(moment(number)),
            ]
        }
        for isDebit in [true, false] {
            try await rows.insert(
                "ledger_entries",
                "transaction_id, account, debit, credit, currency, order_id, payment_id, created_at"
            ) { number in
                let account = isDebit ? "clearing:\(gateway(number))" : "receivable"
                return [
                    .integer(Int64(number)), .text(account), .integer(isDebit ? 1_000 : 0),
                    .integer(isDebit ? 0 : 1_000), .text("USD"), .integer(Int64(number)), .integer(Int64(number)),
                    .integer(moment(number)),
                ]
            }
        }
    }
}
