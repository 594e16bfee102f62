import Jobs
import Outbound
import Primitives

extension MailTransport {
    /// Creates the mail server of the settings, or the built-in mailbox where none is set.
    ///
    /// - Throws: `SettingsError` where `DEFAULT_FROM_EMAIL` is no address, `OutboundError` where no thread can be had.
    init(_ settings: MailSettings, time: TimeSource) throws {
        guard let server = settings.server else {
            self = .mailbox
            return
        }
        guard let sender = MailAddress(parsing: settings.sender) else {
            throw SettingsError("DEFAULT_FROM_EMAIL", "is no mail address")
        }
        let client = SMTPClient(threads: try TransferThreads(), settings: SMTPSettings(server))
        self = .server(host: server.address) { recipient, mail, id in
            guard let address = MailAddress(recipient) else {
                throw JobFailure.permanent("the recipient is no mail address")
            }
            try await client.send(
                MailMessage(
                    from: sender, to: [address], subject: mail.subject, text: mail.text, html: mail.html,
                    messageID: "<\(id)@\(sender.domain)>", date: time.now, unsubscribeURL: mail.unsubscribeURL))
        }
    }
}

extension SMTPSettings {
    fileprivate init(_ server: MailSettings.Server) {
        self.init(
            host: server.host, port: server.port, user: server.user, password: server.password,
            security: server.usesTLS ? .implicitTLS : server.startsTLS ? .startTLS : .none,
            certificateFile: server.certificateFile)
    }
}

extension MailAddress {
    fileprivate var domain: Substring { address.cut(at: "@").last ?? "" }
}
