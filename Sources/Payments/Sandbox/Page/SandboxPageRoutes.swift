import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The pages on which a payer decides what becomes of a payment. Plain HTML and forms; nothing needs a script.
///
/// The reference in the path is all that is asked for: 192 random bits, told to the payer's browser alone. There are no cookies and
/// no logins on these pages, so a browser carries nothing that another site could make use of: whoever can name the page in a form of
/// theirs could as well send it themselves. So a form needs no token beside the reference.
struct SandboxPageRoutes: Sendable {
    let database: any Database
    let provider: SandboxProvider
    let shopName: String

    /// The choice of a payer.
    struct Choice: Input {
        let outcome: SandboxOutcome
        init(_ fields: Fields) { outcome = fields.choice("outcome") }
    }

    /// The answer to the second step.
    struct Answer: Input {
        enum Word: String, WireEnum { case confirm, refuse }
        let answer: Word
        init(_ fields: Fields) { answer = fields.choice("answer") }
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Sandbox", "The pages and controls of the sandbox, a payment gateway that moves no money.",
            [
                page("/sandbox/pay/{reference}/", "Shows the page on which a payment is paid or declined.", show),
                form("/sandbox/pay/{reference}/", "Does what the payer chose, and sends them on.", use: choose),
                page("/sandbox/pay/{reference}/challenge/", "Shows the second step of a payment.", showChallenge),
                form(
                    "/sandbox/pay/{reference}/challenge/", "Answers the second step, and sends the payer on.",
                    use: answer),
            ])
    }

    private func page(
        _ template: String, _ summary: String,
        _ handler: @escaping @Sendable (APIRequest, NoInput) async throws -> Reply<RawBody>
    ) -> Endpoint {
        Endpoint(.get, template, summary, access: .anyone, use: handler)
            .refusing(.notFound).producing("text/html")
    }

    private func form<In: Input>(
        _ template: String, _ summary: String,
        use handler: @escaping @Sendable (APIRequest, In, Transaction) throws -> Reply<RawBody>
    ) -> Endpoint {
        Endpoint(.post, template, summary, access: .anyone, status: .seeOther, in: database, use: handler)
            .refusing(.notFound).producing("text/html")
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let payment = try await find(call)
        return page(of: payment).choice
    }

    private func showChallenge(_ call: APIRequest, _: NoInput) async throws -> Reply<RawBody> {
        let payment = try await find(call)
        return page(of: payment).challenge
    }

    private func choose(_ call: APIRequest, _ input: Choice, _ tx: Transaction) throws -> Reply<RawBody> {
        var payment = try lock(call, tx)
        let step = try provider.choose(input.outcome, for: &payment, tx)
        return page(of: payment).redirect(to: step == .challenge ? provider.page(of: payment) : nil)
    }

    private func answer(_ call: APIRequest, _ input: Answer, _ tx: Transaction) throws -> Reply<RawBody> {
        var payment = try lock(call, tx)
        try provider.answer(confirms: input.answer == .confirm, &payment, tx)
        return page(of: payment).redirect(to: nil)
    }

    private func find(_ call: APIRequest) async throws -> SandboxPayment {
        let reference = try call.text("reference")
        guard let payment = try await database.read({ try SandboxPaymentQueries.find(reference, $0) }) else {
            throw NotFound()
        }
        return payment
    }

    private func lock(_ call: APIRequest, _ tx: Transaction) throws -> SandboxPayment {
        let reference = try call.text("reference")
        guard let payment = try SandboxPaymentQueries.find(reference, lock: tx.dialect.forUpdate, tx) else {
            throw NotFound()
        }
        return payment
    }

    private func page(of payment: SandboxPayment) -> SandboxPage { SandboxPage(payment: payment, shopName: shopName) }
}
