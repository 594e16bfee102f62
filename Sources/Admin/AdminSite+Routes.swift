import AdminPages
import HTTPTypes
import Web

/// The addresses of the admin.
extension AdminSite {
    /// The first page, searching, what pages are made of.
    var start: [Endpoint] {
        [
            FrontPage(site: self).endpoint,
            page("/admin/", "Shows what waits for someone and how the shop sells.") {
                try await DashboardPage($0).show()
            },
            page("/admin/api/", "Tells how programs use the shop.") { APIPage($0).show() },
            page("/admin/search/", "Finds orders, people and products.") { try await SearchPage($0).show() },
            page("/admin/reports/{report}/", "Shows a report.") { try await ReportPage($0).show() },
            page("/admin/reports/{report}/export.csv", "Gives a report as CSV.") { try await ReportPage($0).file() },
            page("/admin/lookup/{screen}/", "Offers rows for a field.") { try await LookupAnswer($0).show() },
            Endpoint(
                .get, "/admin/assets/{file}", "Gives a style sheet or a script.", access: .anyone, use: AdminAssets.give
            ),
            Endpoint(.get, "/favicon.ico", "Gives the shop's icon.", access: .anyone, use: AdminAssets.giveIcon),
        ]
    }

    /// Signing in and out.
    var session: [Endpoint] {
        let own = [
            form("/admin/sign-out/", "Ends the session.", isKept: false, isForStaff: false) { visit, _ in
                try await visit.signOut()
            },
            page("/admin/sessions/", "Shows the reader's sessions.") { try await SessionPages($0).show() },
            form("/admin/sessions/{id}/end/", "Ends a session.", isKept: false) { visit, _ in
                try await SessionPages(visit).end()
            },
            form("/admin/language/", "Chooses the language of the admin.", isKept: false) { $0.choosing($1) },
        ]
        return SignInPages(site: self).endpoints + WelcomePages(site: self).endpoints
            + ForgottenPasswordPages(site: self).endpoints + account + own
    }

    /// Lists and what is done to many rows.
    var lists: [Endpoint] {
        [
            page("/admin/{screen}/", "Lists rows.") { try await ListPage($0).show() },
            page("/admin/{screen}/export.csv", "Gives what a list shows as CSV.") { try await ListExport($0).file() },
            form("/admin/{screen}/bulk/", "Does something to the chosen rows, after a preview.") { visit, sent in
                if let file = try BulkFilePage(visit, named: sent["action"]) { return try await file.lead(sent) }
                return try await BulkPage(visit, sent).answer()
            },
            page("/admin/{screen}/files/{file}/", "Gives a document about the chosen rows, or about all.") { visit in
                if let file = try BulkFilePage(visit, named: visit.call.parameters["file"]) {
                    return try await file.show()
                }
                return try await ExportPage(visit).give()
            },
            page("/admin/{screen}/do/{action}/", "Asks what a command needs.") { try await ActionPage($0).ask() },
            form("/admin/{screen}/do/{action}/", "Carries out a command.") { try await ActionPage($0).act($1) },
            page("/admin/{screen}/new/", "Shows an empty form.") { try await FormPage($0).new() },
            form("/admin/{screen}/new/", "Makes a row.") { try await FormPage($0).create($1) },
            page("/admin/stocktake/", "Shows an empty sheet of a stocktake.") { try await StocktakePage($0).ask() },
            form("/admin/stocktake/", "Counts what was scanned, and books what differs.") {
                try await StocktakePage($0).act($1)
            },
        ]
    }

    /// One row.
    var rows: [Endpoint] {
        [
            page("/admin/{screen}/{key}/", "Shows a row.") { try await DetailPage($0).show() },
            form("/admin/{screen}/{key}/", "Changes a row.") { try await FormPage($0).update($1) },
            page("/admin/{screen}/{key}/delete/", "Asks before a row is deleted.") { try await DeletePage($0).ask() },
            form("/admin/{screen}/{key}/delete/", "Deletes a row.") { try await DeletePage($0).delete($1) },
            page("/admin/{screen}/{key}/do/{action}/", "Asks what an action needs.") { try await ActionPage($0).ask() },
            form("/admin/{screen}/{key}/do/{action}/", "Carries out an action.") { try await ActionPage($0).act($1) },
            page("/admin/{screen}/{key}/sections/{section}/", "Leads to the page of a row.") {
                try SectionPage($0).leave()
            },
            form("/admin/{screen}/{key}/sections/{section}/", "Changes what a section of a row's page shows.") {
                try await SectionPage($0).change($1)
            },
            page("/admin/{screen}/{key}/files/{file}/", "Gives a document about a row.") {
                try await FilePage($0).file()
            },
            page("/admin/{screen}/{key}/frame/{member}/", "Gives an HTML document that is a member of a row.") {
                try await FramePage($0).document()
            },
            page("/admin/{screen}/{key}/preview/", "Shows what the form would make of a row.") {
                try await FramePage($0).preview()
            },
            form("/admin/{screen}/{key}/preview/", "Shows what the form would make of what is typed.", isKept: false) {
                try await FramePage($0).preview($1)
            },
        ]
    }
}
