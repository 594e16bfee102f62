import AdminPages
import Primitives
import Web

/// The reader's second factor: turned on by a first code, backup codes that are shown once, turned off.
extension AccountPages {
    private static let beginning = AccountForm(
        path: address + "two-factor/", title: AccountWords.turnOn, explanation: AccountWords.turnOnExplanation,
        fields: [], button: AccountWords.begin)

    private static let firstCode = AccountForm(
        path: address + "two-factor/code/", title: AccountWords.turnOn, explanation: AccountWords.tryAgain,
        fields: [
            AdminField(
                "code", AccountWords.firstCode, .text, isRequired: true, help: AccountWords.firstCodeHelp
            ).with { $0.mayBeKept = false }
        ], back: address + "two-factor/")

    private static let turningOff = AccountForm(
        path: address + "two-factor/off/", title: AccountWords.turnOff, explanation: AccountWords.turnOffExplanation,
        fields: [StepUp.password, StepUp.code], isDanger: true)

    private static let renewal = AccountForm(
        path: address + "backup-codes/", title: AccountWords.newCodes, explanation: AccountWords.newCodesExplanation,
        fields: [StepUp.code])

    /// Tells what is needed.
    func askFactor() async -> AdminPage { await page(Self.beginning, FormState(texts: [:])) }

    /// Makes a secret and shows it: as a picture to scan, and as a text to type.
    func beginFactor(_ sent: SubmittedForm) async -> AdminPage {
        let answer = await send("/api/auth/2fa/setup/", ["password": sent["password"]])
        if answer.isSuccess { return secretPage(answer.json) }
        var form = Self.beginning
        let asked = StepUp.asked(by: answer)
        form = AccountForm(
            path: form.path, title: form.title, explanation: form.explanation,
            fields: asked.isEmpty ? StepUp.fields(in: sent) : asked, button: form.button)
        var state = refused(answer, form.fields, sent)
        if !asked.isEmpty, StepUp.fields(in: sent).isEmpty {
            state.errors = FormErrors()
            state.errors.general = [visit.text(Words.confirmYourself)]
        }
        return await page(form, state)
    }

    private func secretPage(_ json: JSONValue) -> AdminPage {
        let secret = Array((json.text("secret") ?? "").unicodeScalars)
        let groups = stride(from: 0, to: secret.count, by: 4).map { start in
            String(String.UnicodeScalarView(secret[start..<min(start + 4, secret.count)]))
        }
        let view: [String: Any] = [
            "t": AccountWords.texts(in: visit.language), "picture": json.text("qr_code") ?? "",
            "secret": groups.joined(separator: " "), "action": Self.firstCode.path, "back": Self.address,
            "backTitle": visit.text(AccountWords.title), "here": Self.beginning.path,
        ]
        return visit.page("two-factor", title: AccountWords.turnOn, view)
    }

    /// Turns two factors on by a first code, and shows the backup codes.
    func takeFirstCode(_ sent: SubmittedForm) async -> AdminPage {
        let answer = await send("/api/auth/2fa/enable/", ["code": sent["code"]?.trimmed ?? ""])
        guard answer.isSuccess else {
            return await page(Self.firstCode, refused(answer, Self.firstCode.fields, sent))
        }
        return codesPage(answer.json)
    }

    private func codesPage(_ json: JSONValue) -> AdminPage {
        let view: [String: Any] = [
            "t": AccountWords.texts(in: visit.language), "here": Self.address, "done": Self.address,
            "codes": (json.at("backup_codes")?.elements ?? []).compactMap(\.scalarText),
        ]
        return visit.page("backup-codes", title: AccountWords.codes, view)
    }

    /// Asks for a code before new backup codes are made.
    func askRenewal() async -> AdminPage { await page(Self.renewal, FormState(texts: [:])) }

    /// Puts new backup codes in the place of the old ones, and shows them.
    func renewCodes(_ sent: SubmittedForm) async -> AdminPage {
        let answer = await send(
            "/api/auth/2fa/regenerate-backup-codes/", ["code": sent["code"]?.trimmed ?? ""])
        guard answer.isSuccess else { return await page(Self.renewal, refused(answer, Self.renewal.fields, sent)) }
        return codesPage(answer.json)
    }

    /// Asks for password and code before two factors are turned off.
    func askTurningOff() async -> AdminPage { await page(Self.turningOff, FormState(texts: [:])) }

    /// Turns two factors off.
    func turnFactorOff(_ sent: SubmittedForm) async -> AdminPage {
        let answer = await send(
            "/api/auth/2fa/disable/", ["password": sent["password"] ?? "", "code": sent["code"]?.trimmed ?? ""])
        guard answer.isSuccess else {
            return await page(Self.turningOff, refused(answer, Self.turningOff.fields, sent))
        }
        return visit.redirect(Self.address, saying: visit.text(AccountWords.turnedOff))
    }
}
