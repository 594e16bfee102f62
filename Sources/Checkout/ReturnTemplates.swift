import Commerce
import Messages
import Orders
import Primitives

/// The mails about returns as Kontor comes with them.
enum ReturnTemplates {
    static let all: [String: MailTemplate] = [
        "return_requested": template(
            "Your return for order {{order_number}}",
            "We have received your request to send back these goods of your order {{order_number}}:",
            "We look at it and write to you again.", german: "Ihre Rücksendung zur Bestellung {{order_number}}",
            "Wir haben Ihren Wunsch erhalten, diese Waren Ihrer Bestellung {{order_number}} zurückzusenden:",
            "Wir sehen ihn uns an und schreiben Ihnen wieder."),
        "return_approved": template(
            "Your return for order {{order_number}} is approved",
            "You may send back these goods of your order {{order_number}}:",
            "We refund them once they have arrived.",
            german: "Ihre Rücksendung zur Bestellung {{order_number}} ist angenommen",
            "Sie können diese Waren Ihrer Bestellung {{order_number}} zurücksenden:",
            "Wir erstatten sie, sobald sie angekommen sind."),
        "return_rejected": template(
            "Your return for order {{order_number}} is declined",
            "We cannot take back these goods of your order {{order_number}}:",
            "If you have questions, answer this mail.",
            german: "Ihre Rücksendung zur Bestellung {{order_number}} ist abgelehnt",
            "Wir können diese Waren Ihrer Bestellung {{order_number}} nicht zurücknehmen:",
            "Bei Fragen antworten Sie auf diese Mail."),
        "return_received": template(
            "Your return for order {{order_number}} has arrived",
            "These goods of your order {{order_number}} have come back to us:",
            "What is to be refunded is on its way.",
            german: "Ihre Rücksendung zur Bestellung {{order_number}} ist angekommen",
            "Diese Waren Ihrer Bestellung {{order_number}} sind bei uns angekommen:",
            "Was zu erstatten ist, ist unterwegs."),
    ]

    private static func template(
        _ subject: String, _ what: String, _ next: String, german: String, _ germanWhat: String, _ germanNext: String
    ) -> MailTemplate {
        let (text, body) = parts(what, next)
        let (germanText, germanBody) = parts(germanWhat, germanNext)
        return MailTemplate(subject, text, body).german(german, germanText, germanBody).about(.order).sampled([
            "order_number": OrderSamples.number, "items": OrderSamples.parts, "note": .string("Please keep the box."),
        ])
    }

    private static func parts(_ what: String, _ next: String) -> (String, String) {
        (
            """
            \(what)

            {{#items}}
            {{quantity}} x {{product_name}} ({{sku}})
            {{/items}}
            {{#note}}

            {{note}}
            {{/note}}

            \(next)
            """,
            """
            <p>\(what)</p>
            <ul>
            {{#items}}
            <li>{{quantity}} &times; {{product_name}} <small>{{sku}}</small></li>
            {{/items}}
            </ul>
            {{#note}}
            <p>{{note}}</p>
            {{/note}}
            <p>\(next)</p>
            """
        )
    }
}
