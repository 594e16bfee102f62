import AdminPages
import HTTPTypes
import Primitives
import Web

/// Another password and another e-mail for the reader.
extension AccountPages {
    /// Asks for the old password and the new one.
    func askPassword() async -> AdminPage { await page(passwordForm(), FormState(texts: [:])) }

    /// Changes the password; the other sessions end.
    func changePassword(_ sent: SubmittedForm) async -> AdminPage {
        let form = await passwordForm()
        guard sent["new_password"] == sent["repeat_password"] else {
            var state = FormState(texts: FieldValues(visit: visit, fields: form.fields).texts(of: sent))
            state.once = sent["once"]
            state.status = .badRequest
            state.errors.byField["repeat_password"] = visit.text(AccountWords.notTheSame)
            return await page(form, state)
        }
        let answer = await send(
            "/api/auth/change-password/",
            [
                "old_password": sent["old_password"] ?? "", "new_password": sent["new_password"] ?? "",
                "code": sent["code"]?.trimmed,
            ])
        guard answer.isSuccess else { return await page(form, refused(answer, form.fields, sent)) }
        return visit.redirect(Self.address, saying: visit.text(AccountWords.passwordChanged))
    }

    private func passwordForm() async -> AccountForm {
        AccountForm(
            path: Self.address + "password/", title: AccountWords.changePassword,
            explanation: AccountWords.passwordExplanation,
            fields: [
                AdminField("old_password", AccountWords.oldPassword, .secret, isRequired: true),
                AdminField(
                    "new_password", AccountWords.newPassword, .secret, isRequired: true,
                    help: AccountWords.newPasswordHelp),
                AdminField("repeat_password", AccountWords.repeatPassword, .secret, isRequired: true),
            ] + (await codeField()))
    }

    /// Asks for another e-mail.
    func askEmail() async -> AdminPage { await page(emailForm(), FormState(texts: [:])) }

    /// Changes the e-mail, which has to be confirmed then.
    func changeEmail(_ sent: SubmittedForm) async -> AdminPage {
        let form = await emailForm()
        let answer = await send(
            Self.profile,
            [
                "email": sent["email"]?.trimmed ?? "", "password": sent["password"] ?? "",
                "code": sent["code"]?.trimmed,
            ], by: .patch)
        guard answer.isSuccess else { return await page(form, refused(answer, form.fields, sent)) }
        guard answer.json.text("email") != visit.identity.email else {
            return visit.redirect(Self.address, saying: visit.text(Words.saved))
        }
        return visit.redirect(Self.address + "confirm/", saying: visit.text(AccountWords.emailChanged))
    }

    private func emailForm() async -> AccountForm {
        AccountForm(
            path: Self.address + "email/", title: AccountWords.changeEmail,
            explanation: AccountWords.emailExplanation,
            fields: [AdminField("email", AccountWords.newEmail, .text, isRequired: true), StepUp.password]
                + (await codeField()))
    }
}

/// Confirming the e-mail by what was mailed to it.
extension AccountPages {
    private static let confirmation = AccountForm(
        path: address + "confirm/", title: AccountWords.confirmEmail,
        fields: [
            AdminField(
                "token", AccountWords.mailedCode, .text, isRequired: true, help: AccountWords.mailedCodeHelp
            ).with { $0.mayBeKept = false }
        ])

    /// Asks for the code of the mail.
    func askConfirmation() async -> AdminPage { await confirmationPage(FormState(texts: [:])) }

    /// Takes the code.
    func confirmEmail(_ sent: SubmittedForm) async -> AdminPage {
        let answer = await send("/api/auth/verify-email/", ["token": sent["token"]?.trimmed ?? ""])
        guard answer.isSuccess else {
            return await confirmationPage(refused(answer, Self.confirmation.fields, sent))
        }
        return visit.redirect(Self.address, saying: visit.text(AccountWords.emailConfirmed))
    }

    /// Has the mail sent again.
    ///
    /// - Throws: `AdminRefusal.answer` where there were too many.
    func mailConfirmation() async throws -> AdminPage {
        let answer = await send("/api/auth/resend-verification/", [:])
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return visit.redirect(Self.confirmation.path, saying: visit.text(AccountWords.mailSent))
    }

    private func confirmationPage(_ state: FormState) async -> AdminPage {
        var view = await FormView(visit, Self.confirmation.fields).view(state, row: .null)
        view["action"] = Self.confirmation.path
        view["mail"] = ["path": Self.confirmation.path + "mail/", "title": visit.text(AccountWords.sendMail)]
        view["back"] = Self.address
        view["backTitle"] = visit.text(AccountWords.title)
        view["button"] = visit.text(AccountWords.confirmEmail)
        var page = visit.page("confirm", title: AccountWords.confirmEmail, view)
        page.status = state.status
        return page
    }
}
