import Messages

/// The mails to vendors as Kontor comes with them.
enum VendorTemplates {
    static let all: [String: MailTemplate] = [
        "vendor_registered": registered,
        "vendor_approved": approved,
        "vendor_rejected": rejected,
        "vendor_suspended": suspended,
        "vendor_reinstated": reinstated,
        "vendor_document_verified": documentVerified,
        "vendor_document_rejected": documentRejected,
        "vendor_payout_changed": payoutChanged,
    ]

    private static let registered = MailTemplate(
        "We have your application for {{business_name}}",
        """
        Thank you for registering {{business_name}} as a vendor.

        Send us your papers, and we will look at them. Until we have decided you can fill in your profile.
        """,
        """
        <h1>Thank you for registering {{business_name}}</h1>
        <p>Send us your papers, and we will look at them. Until we have decided you can fill in your profile.</p>
        """)

    private static let approved = MailTemplate(
        "{{business_name}} can sell now",
        """
        {{business_name}} has been approved. You can bring your products into the shop now.
        """,
        """
        <h1>{{business_name}} can sell now</h1>
        <p>You have been approved, and can bring your products into the shop.</p>
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
        """)

    private static let reinstated = MailTemplate(
        "{{business_name}} can sell again",
        """
        {{business_name}} is no longer suspended: your products are shown again.
        """,
        """
        <h1>{{business_name}} can sell again</h1>
        <p>You are no longer suspended, and your products are shown again.</p>
        """)

    private static let documentVerified = MailTemplate(
        "We have checked your {{document}}",
        """
        We have checked the {{document}} of {{business_name}}. It is in order.
        """,
        """
        <h1>We have checked your {{document}}</h1>
        <p>The {{document}} of {{business_name}} is in order.</p>
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
        """)
}
