import Messages
import Primitives

/// The mails to vendors as Kontor comes with them.
enum VendorTemplates {
    static let all: [String: MailTemplate] = [
        "vendor_registered": registered.sampled(sample()),
        "vendor_approved": approved.sampled(sample()),
        "vendor_rejected": rejected.sampled(sample(["reason"])),
        "vendor_suspended": suspended.sampled(sample(["reason"])),
        "vendor_reinstated": reinstated.sampled(sample()),
        "vendor_document_verified": documentVerified.sampled(sample(paper)),
        "vendor_document_rejected": documentRejected.sampled(sample(paper.union(["reason"]))),
        "vendor_payout_changed": payoutChanged.about(.security).sampled(sample()),
    ]

    private static let examples: [String: JSONValue] = [
        "business_name": .string("Teehaus Müller"), "reason": .string("A paper is missing."),
        "document": .string("business license"), "business_license": .string("business license"),
        "id_proof": .null, "address_proof": .null,
    ]

    /// The variables that say which paper a mail is about: its English words, and one that is set for each kind.
    private static let paper: Set<String> = ["document", "id_proof", "address_proof", "business_license"]

    /// The German words for a paper.
    private static let germanPaper =
        "{{#id_proof}}Identitätsnachweis{{/id_proof}}{{#address_proof}}Adressnachweis{{/address_proof}}"
        + "{{#business_license}}Gewerbenachweis{{/business_license}}"

    /// Returns a vendor, and what else a mail says, as an example for staff who change it.
    private static func sample(_ more: Set<String> = []) -> [String: JSONValue] {
        examples.filter { $0.key == "business_name" || more.contains($0.key) }
    }

    private static let registered = MailTemplate(
        "We have your application for {{business_name}}",
        """
        Thank you for registering {{business_name}} as a vendor.

        Send us your papers, and we will look at them. Until we have decided you can fill in your profile.
        """,
        """
        <h1>Thank you for registering {{business_name}}</h1>
        <p>Send us your papers, and we will look at them. Until we have decided you can fill in your profile.</p>
        """
    ).german(
        "Wir haben Ihre Bewerbung für {{business_name}}",
        """
        Vielen Dank, dass Sie {{business_name}} als Händler angemeldet haben.

        Schicken Sie uns Ihre Unterlagen, und wir sehen sie uns an. Bis zur Entscheidung können Sie Ihr Profil ausfüllen.
        """,
        """
        <h1>Vielen Dank für die Anmeldung von {{business_name}}</h1>
        <p>Schicken Sie uns Ihre Unterlagen, und wir sehen sie uns an. Bis zur Entscheidung können Sie Ihr Profil
        ausfüllen.</p>
        """)

    private static let approved = MailTemplate(
        "{{business_name}} can sell now",
        """
        {{business_name}} has been approved. You can bring your products into the shop now.
        """,
        """
        <h1>{{business_name}} can sell now</h1>
        <p>You have been approved, and can bring your products into the shop.</p>
        """
    ).german(
        "{{business_name}} kann jetzt verkaufen",
        """
        {{business_name}} ist zugelassen. Sie können Ihre Produkte jetzt in den Shop bringen.
        """,
        """
        <h1>{{business_name}} kann jetzt verkaufen</h1>
        <p>Sie sind zugelassen und können Ihre Produkte in den Shop bringen.</p>
        """)

    private static let rejected = MailTemplate(
        "About your application for {{business_name}}",
        """
        We cannot accept {{business_name}} as a vendor.{{#reason}}

        {{reason}}{{/reason}}
        """,
        """
        <h1>About your application for {{business_name}}</h1>
        <p>We cannot accept it.{{#reason}} {{reason}}{{/reason}}</p>
        """
    ).german(
        "Zu Ihrer Bewerbung für {{business_name}}",
        """
        Wir können {{business_name}} nicht als Händler aufnehmen.{{#reason}}

        {{reason}}{{/reason}}
        """,
        """
        <h1>Zu Ihrer Bewerbung für {{business_name}}</h1>
        <p>Wir können sie nicht annehmen.{{#reason}} {{reason}}{{/reason}}</p>
        """)

    private static let suspended = MailTemplate(
        "{{business_name}} is suspended",
        """
        We have suspended {{business_name}}: your products are not shown for now. Orders that you have had go on.{{#reason}}

        {{reason}}{{/reason}}
        """,
        """
        <h1>{{business_name}} is suspended</h1>
        <p>Your products are not shown for now. Orders that you have had go on.{{#reason}} {{reason}}{{/reason}}</p>
        """
    ).german(
        "{{business_name}} ist gesperrt",
        """
        Wir haben {{business_name}} gesperrt: Ihre Produkte werden vorerst nicht gezeigt. Bestellungen, die Sie schon \
        haben, laufen weiter.{{#reason}}

        {{reason}}{{/reason}}
        """,
        """
        <h1>{{business_name}} ist gesperrt</h1>
        <p>Ihre Produkte werden vorerst nicht gezeigt. Bestellungen, die Sie schon haben, laufen
        weiter.{{#reason}} {{reason}}{{/reason}}</p>
        """)

    private static let reinstated = MailTemplate(
        "{{business_name}} can sell again",
        """
        {{business_name}} is no longer suspended: your products are shown again.
        """,
        """
        <h1>{{business_name}} can sell again</h1>
        <p>You are no longer suspended, and your products are shown again.</p>
        """
    ).german(
        "{{business_name}} kann wieder verkaufen",
        """
        {{business_name}} ist nicht mehr gesperrt: Ihre Produkte werden wieder gezeigt.
        """,
        """
        <h1>{{business_name}} kann wieder verkaufen</h1>
        <p>Sie sind nicht mehr gesperrt, und Ihre Produkte werden wieder gezeigt.</p>
        """)

    private static let documentVerified = MailTemplate(
        "We have checked your {{document}}",
        """
        We have checked the {{document}} of {{business_name}}. It is in order.
        """,
        """
        <h1>We have checked your {{document}}</h1>
        <p>The {{document}} of {{business_name}} is in order.</p>
        """
    ).german(
        "Wir haben Ihre Unterlage geprüft: \(germanPaper)",
        """
        Wir haben die Unterlage \(germanPaper) von {{business_name}} geprüft. Sie ist in Ordnung.
        """,
        """
        <h1>Wir haben Ihre Unterlage geprüft: \(germanPaper)</h1>
        <p>Die Unterlage \(germanPaper) von {{business_name}} ist in Ordnung.</p>
        """)

    private static let documentRejected = MailTemplate(
        "We need another {{document}}",
        """
        We cannot accept the {{document}} of {{business_name}}: {{reason}}

        Please send us another one.
        """,
        """
        <h1>We need another {{document}}</h1>
        <p>We cannot accept the {{document}} of {{business_name}}: {{reason}}</p>
        <p>Please send us another one.</p>
        """
    ).german(
        "Wir brauchen eine andere Unterlage: \(germanPaper)",
        """
        Wir können die Unterlage \(germanPaper) von {{business_name}} nicht annehmen: {{reason}}

        Bitte schicken Sie uns eine andere.
        """,
        """
        <h1>Wir brauchen eine andere Unterlage: \(germanPaper)</h1>
        <p>Wir können die Unterlage \(germanPaper) von {{business_name}} nicht annehmen: {{reason}}</p>
        <p>Bitte schicken Sie uns eine andere.</p>
        """)

    private static let payoutChanged = MailTemplate(
        "Payouts to {{business_name}} go elsewhere now",
        """
        Somebody has changed the account or the way in which we pay {{business_name}}.

        If that was not you, change your password and tell us at once.
        """,
        """
        <h1>Payouts to {{business_name}} go elsewhere now</h1>
        <p>Somebody has changed the account or the way in which we pay {{business_name}}.</p>
        <p>If that was not you, change your password and tell us at once.</p>
        """
    ).german(
        "Auszahlungen an {{business_name}} gehen jetzt an ein anderes Ziel",
        """
        Jemand hat das Konto oder die Art geändert, wie wir {{business_name}} bezahlen.

        Waren Sie das nicht, ändern Sie Ihr Passwort und schreiben Sie uns sofort.
        """,
        """
        <h1>Auszahlungen an {{business_name}} gehen jetzt an ein anderes Ziel</h1>
        <p>Jemand hat das Konto oder die Art geändert, wie wir {{business_name}} bezahlen.</p>
        <p>Waren Sie das nicht, ändern Sie Ihr Passwort und schreiben Sie uns sofort.</p>
        """)
}
