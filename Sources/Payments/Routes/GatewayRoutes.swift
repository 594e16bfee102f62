import Commerce
import HTTPTypes
import Jobs
import Pictures
import Primitives
import SQL
import Web

/// The endpoints of the gateways: what customers can choose, and what staff set.
struct GatewayRoutes: Sendable {
    static let permission = "payments.edit"
    static let access = Access.staff(permission)

    let database: any Database
    let directory: GatewayDirectory
    let studio: PictureStudio
    let jobs: JobQueue
    let currency: Currency
    let time: TimeSource
    let uploadBytes: Int

    private var administration: GatewayAdministration { GatewayAdministration(directory: directory, time: time) }

    var group: EndpointGroup {
        EndpointGroup(
            "Payments", "Paying orders through gateways, refunds, and what staff see and do of them.",
            [
                Endpoint(
                    .get, "/api/payment-gateways/", "Lists the gateways that take the shop's currency.",
                    access: .anyone, use: list),
                Endpoint(
                    .get, "/api/admin/payment-gateways/", "Lists all gateways with their settings.",
                    access: Self.access, use: listAll),
                Endpoint(
                    .get, "/api/admin/payment-gateways/{code}/", "Shows a gateway's settings; secrets stay hidden.",
                    access: Self.access, use: show
                ).refusing(.notFound),
                edit(.put), edit(.patch),
                Endpoint(
                    .post, "/api/admin/payment-gateways/{code}/logo/", "Gives a gateway a logo.", access: Self.access,
                    use: setLogo
                ).form(limit: uploadBytes).refusing(.notFound, .unsupportedMediaType),
                Endpoint(
                    .delete, "/api/admin/payment-gateways/{code}/logo/", "Takes a gateway's logo away.",
                    access: Self.access, in: database, use: dropLogo
                ).refusing(.notFound),
            ])
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        Endpoint(
            method, "/api/admin/payment-gateways/{code}/",
            "Changes a gateway's settings; keys that are left out of its configuration stay as they are.",
            access: Self.access, in: database, use: update
        ).refusing(.notFound, .preconditionFailed)
    }

    private func list(_ call: APIRequest, _: NoInput) async throws -> [GatewayBody] {
        try await database.read { try directory.offered(in: currency, $0) }.map {
            GatewayBody($0, baseURL: call.baseURL)
        }
    }

    private func listAll(_ call: APIRequest, _: NoInput) async throws -> [StaffGatewayBody] {
        try await database.read { try administration.states($0) }.map { StaffGatewayBody($0, baseURL: call.baseURL) }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> StaffGatewayBody {
        let code = try code(call)
        return try await database.read {
            StaffGatewayBody(try administration.state(code, $0), baseURL: call.baseURL)
        }
    }

    private func update(_ call: APIRequest, _ input: GatewayInput, _ tx: Transaction) throws -> StaffGatewayBody {
        let changed = try administration.change(
            code(call), input.change,
            check: { before in
                try call.checkVersion(before.row.version)
                if call.audit != nil { try call.recordBefore(StaffGatewayBody(before, baseURL: call.baseURL)) }
            }, in: tx)
        return StaffGatewayBody(changed, baseURL: call.baseURL)
    }

    private func setLogo(_ call: APIRequest, _ input: LogoInput) async throws -> StaffGatewayBody {
        let code = try code(call)
        let picture = try await studio.store(input.logo.bytes, in: Self.folder, field: "logo")
        return try await database.write { tx in
            try call.confirmSession(in: tx)
            if call.audit != nil { try recordBefore(call, code, tx) }
            let state = try administration.setLogo(picture.key, of: code, in: tx)
            try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
            return StaffGatewayBody(state, baseURL: call.baseURL)
        }
    }

    private func dropLogo(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> StaffGatewayBody {
        let code = try code(call)
        if call.audit != nil { try recordBefore(call, code, tx) }
        return StaffGatewayBody(try administration.setLogo("", of: code, in: tx), baseURL: call.baseURL)
    }

    private func recordBefore(_ call: APIRequest, _ code: GatewayCode, _ tx: Transaction) throws {
        try call.recordBefore(StaffGatewayBody(administration.state(code, tx), baseURL: call.baseURL))
    }

    private func code(_ call: APIRequest) throws -> GatewayCode {
        guard let code = GatewayCode(rawValue: try call.text("code")) else { throw NotFound() }
        return code
    }

    /// The folder of the logos in the media store.
    static let folder = "gateways"
}

/// The settings of a gateway.
struct GatewayInput: Input {
    let change: GatewayAdministration.Change

    init(_ fields: Fields) {
        var change = GatewayAdministration.Change()
        change.isActive = fields.ifSent("is_active") { $0.boolean($1, .optional(true)) }
        change.configuration = fields.texts("configuration", length: 0...500)
        change.currencies = fields.ifSent("supported_currencies") { $0.strings($1, length: 3...3, limit: 200) }
        change.displayOrder = fields.ifSent("display_order") { $0.integer($1, .optional(0), in: 0...10_000) }
        self.change = change
    }
}

/// A logo that staff upload.
struct LogoInput: Input {
    let logo: UploadedFile

    init(_ fields: Fields) {
        logo = fields.file("logo")
    }
}
