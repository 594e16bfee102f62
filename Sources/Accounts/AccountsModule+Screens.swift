import AdminPages
import Primitives

/// People in the admin: who buys, who works for the shop, and the groups that give staff their permissions.
extension AccountsModule {
    static let screens: [AdminScreen] = [customers, staff, groups]

    private static let customers = screen(
        "customers", in: .people, Phrase("Customers", "Kunden"), one: Phrase("customer account", "Kundenkonto"),
        list: "/api/users/?is_staff=false", roles: ["customer", "vendor"], form: AdminForm(person)
    ).with {
        $0.hint = Phrase(
            "Whoever registers in the shop stands here.", "Hier steht, wer sich im Shop registriert hat.")
        $0.form?.leadsOn = AdminForm.LeadOn(
            to: "staff", where: .oneOf("role", ["staff", "admin"]),
            saying: Phrase(
                "Saved. Now choose here what they may do.", "Gespeichert. Wählen Sie nun hier die Rechte aus."))
    }

    private static let staff = screen(
        "staff", in: .settings, Phrase("Staff", "Personal"), one: Phrase("member of staff", "Mitarbeiterkonto"),
        list: "/api/admin/staff/", item: "/api/admin/staff/{id}/", roles: ["staff", "admin"],
        form: AdminForm(groups: [
            AdminForm.Group(nil, newStaff + person.map { field in field.with { $0.use = .editing } }),
            AdminForm.Group(Phrase("Permissions of staff", "Rechte des Personals"), [groupsOfOne, permissions]),
        ])
    ).with {
        $0.hint = Phrase(
            "Make an account for whoever is to work here: a mail with a link lets them choose a password.",
            "Legen Sie ein Konto für alle an, die hier arbeiten sollen: Über einen Link per E-Mail wählen sie ihr Passwort."
        )
        $0.form?.creates = true
        $0.form?.update = AdminCall(.patch, "/api/users/{id}/")
    }

    /// Accounts of some roles: the same page, form and actions for all.
    private static func screen(
        _ name: String, in area: AdminArea, _ title: Phrase, one singular: Phrase, list: String,
        item: String = "/api/users/{id}/", roles: [String], form: AdminForm
    ) -> AdminScreen {
        AdminScreen(
            name, in: area, title, one: singular, list: list, item: item, label: "email",
            columns: columns, filters: filters(roles),
            search: Phrase("E-mail, name, telephone", "E-Mail, Name, Telefon"),
            form: form.with {
                $0.creates = false
                $0.deletes = false
            }, sections: sections, actions: actions
        ).with { $0.keysParameter = "ids" }
    }

    private static let columns: [AdminColumn] = [
        .text("email", Phrase("E-mail", "E-Mail"), sort: "email"),
        .text("first_name", Phrase("First name", "Vorname")),
        .text("last_name", Phrase("Last name", "Nachname"), sort: "last_name"),
        .status("role", Phrase("Role", "Rolle")),
        .flag("is_active", Phrase("Active", "Aktiv")),
        .flag("is_suspended", Phrase("Suspended", "Gesperrt")),
        .moment("last_login", Phrase("Last login", "Letzte Anmeldung"), sort: "last_login"),
        .moment("created_at", Phrase("Registered", "Registriert"), sort: "created_at"),
        .flag("is_email_verified", Phrase("E-mail verified", "E-Mail bestätigt")).hidden,
        .flag("two_factor_enabled", Phrase("Two factors", "Zwei Faktoren")).hidden,
        .text("phone_number", Phrase("Telephone", "Telefon")).hidden,
        .text("username", Phrase("User name", "Benutzername")).hidden,
    ]

    private static func filters(_ roles: [String]) -> [AdminFilter] {
        [
            AdminFilter("role", Phrase("Role", "Rolle"), .choice(roles)),
            AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag),
            AdminFilter("is_suspended", Phrase("Suspended", "Gesperrt"), .flag),
            AdminFilter("is_email_verified", Phrase("E-mail verified", "E-Mail bestätigt"), .flag),
        ]
    }

    private static let person: [AdminField] = [
        AdminField(
            "email", Phrase("E-mail", "E-Mail"), .text, isRequired: true,
            help: Phrase(
                "Another address ends all sessions and is not verified; both addresses get a mail.",
                "Eine andere Adresse beendet alle Sitzungen und ist nicht bestätigt; beide Adressen erhalten eine E-Mail."
            )),
        AdminField("first_name", Phrase("First name", "Vorname"), .text),
        AdminField("last_name", Phrase("Last name", "Nachname"), .text),
        AdminField("phone_number", Phrase("Telephone", "Telefon"), .text),
        AdminField(
            "role", Phrase("Role", "Rolle"), .choice(["customer", "vendor", "staff", "admin"]), isRequired: true,
            help: Phrase(
                "Administrators may do everything. A new role asks for a new login.",
                "Administratoren dürfen alles. Mit einer neuen Rolle ist eine neue Anmeldung nötig.")),
        AdminField("is_email_verified", Phrase("E-mail verified", "E-Mail bestätigt"), .flag),
    ]

    /// What is asked of somebody who has no account yet.
    private static let newStaff: [AdminField] = [
        AdminField(
            "email", Phrase("E-mail", "E-Mail"), .text, isRequired: true,
            help: Phrase(
                "A mail with a link to choose a password goes there. Who has an account already gets another role under Customers.",
                "Dorthin geht eine E-Mail mit einem Link, um ein Passwort zu wählen. Wer schon ein Konto hat, erhält unter "
                    + "„Kunden“ eine andere Rolle.")),
        AdminField("first_name", Phrase("First name", "Vorname"), .text, isRequired: true),
        AdminField("last_name", Phrase("Last name", "Nachname"), .text),
        AdminField(
            "role", Phrase("Role", "Rolle"), .choice(["staff", "admin"]), isRequired: true,
            help: Phrase(
                "Administrators may do everything; staff what you choose below.",
                "Administratoren dürfen alles, das Personal, was Sie unten wählen.")
        ).with { $0.standard = "staff" },
    ].map { field in field.with { $0.use = .creating } }

    private static let groupsOfOne = AdminField(
        "groups", Phrase("Groups", "Gruppen"), .rows(screen: "groups", value: "id"),
        help: Phrase("Each member has what the group may do.", "Jedes Mitglied darf, was die Gruppe darf."))

    private static let permissions = AdminField(
        "permissions", Phrase("Permissions", "Rechte"),
        .offered(path: "/api/admin/permissions/", list: "permissions", value: "name", label: "summary"))
}

extension AccountsModule {
    private static let sections: [AdminSection] = [
        AdminSection(
            Phrase("Account", "Konto"),
            .facts([
                .status("role", Phrase("Role", "Rolle")), .flag("is_active", Phrase("Active", "Aktiv")),
                .flag("is_suspended", Phrase("Suspended", "Gesperrt")),
                AdminColumn("suspension_reason", Phrase("Reason", "Grund"), .longText),
                .flag("two_factor_enabled", Phrase("Two factors", "Zwei Faktoren")),
                .flag("is_phone_verified", Phrase("Telephone verified", "Telefon bestätigt")),
                .text("username", Phrase("User name", "Benutzername")),
                .day("date_of_birth", Phrase("Date of birth", "Geburtsdatum")),
                .text("profile.preferred_language", Phrase("Language", "Sprache")),
                .flag("profile.newsletter_subscribed", Phrase("Newsletter", "Newsletter")),
                AdminColumn("group_permissions", Phrase("Permissions by groups", "Rechte durch Gruppen"), .list("")),
                .moment("last_login", Phrase("Last login", "Letzte Anmeldung")),
                .moment("created_at", Phrase("Registered", "Registriert")),
            ])),
        orders, payments, totals, addresses, reviews, mails,
    ]

    private static let actions: [AdminAction] = [
        AdminAction("suspend", Phrase("Suspend", "Sperren"), .post, "/api/users/{id}/suspend/").with {
            $0.fields = [AdminField("reason", Phrase("Reason", "Grund"), .longText)]
            $0.condition = .not(.holds("is_suspended"))
            $0.weight = .danger
            $0.isBulk = true
            $0.undo = "unsuspend"
            $0.explanation = Phrase(
                "Who is suspended cannot log in, and their sessions end at once. Orders go on.",
                "Wer gesperrt ist, kann sich nicht anmelden; Sitzungen enden sofort. Bestellungen laufen weiter.")
        },
        AdminAction("unsuspend", Phrase("Lift the suspension", "Sperre aufheben"), .post, "/api/users/{id}/unsuspend/")
            .with {
                $0.condition = .holds("is_suspended")
                $0.isBulk = true
                $0.undo = "suspend"
            },
        AdminAction("deactivate", Phrase("Deactivate", "Deaktivieren"), .patch, "/api/users/{id}/").with {
            $0.body = ["is_active": .bool(false)]
            $0.condition = .holds("is_active")
            $0.isBulk = true
            $0.undo = "activate"
            $0.explanation = Phrase(
                "The account stays closed until staff activate it again.",
                "Das Konto bleibt geschlossen, bis das Personal es wieder aktiviert.")
        },
        AdminAction("activate", Phrase("Activate", "Aktivieren"), .patch, "/api/users/{id}/").with {
            $0.body = ["is_active": .bool(true)]
            $0.condition = .not(.holds("is_active"))
            $0.isBulk = true
            $0.undo = "deactivate"
        },
        AdminAction(
            "reset-2fa", Phrase("Remove the second factor", "Zweiten Faktor entfernen"), .post,
            "/api/users/{id}/reset-2fa/"
        ).with {
            $0.condition = .holds("two_factor_enabled")
            $0.weight = .danger
            $0.explanation = Phrase(
                "For who has lost their device. Make sure that it is them: the password alone opens the account then.",
                "Nur nach dem Verlust des Geräts. Prüfen Sie, wer fragt: Danach öffnet das Passwort allein das Konto.")
        },
    ]

    private static let groups = AdminScreen(
        "groups", in: .settings, Phrase("Staff groups", "Personalgruppen"), one: Phrase("group", "Gruppe"),
        list: "/api/admin/groups/",
        columns: [
            .text("name", Phrase("Name", "Name"), sort: "name"),
            AdminColumn("permissions", Phrase("Permissions", "Rechte"), .list("")),
            .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at"),
        ],
        search: Phrase("Name", "Name"),
        form: AdminForm([AdminField("name", Phrase("Name", "Name"), .text, isRequired: true), permissions]),
        hint: Phrase(
            "A group holds permissions that several of the staff have, such as all who pack parcels.",
            "Eine Gruppe bündelt Rechte, die mehrere haben, etwa alle, die Pakete packen."))
}
