import Commerce
import HTTPTypes
import Primitives

/// Reads an `Input` from where its method keeps it: the query of a GET or of a DELETE without a body, else a JSON body
/// or a form.
public struct InputReader: Sendable {
    /// The shop's currency, in which amounts are read.
    public let currency: Currency
    /// The shop's time zone, in which dates are days and times without a zone are read.
    public let zone: TimeZoneRules

    /// Creates a reader for a shop with this currency and time zone.
    public init(currency: Currency, zone: TimeZoneRules = .utc) {
        self.currency = currency
        self.zone = zone
    }

    /// Reads the input of `request`.
    ///
    /// - Throws: `ValidationError` with every field's messages, `MalformedRequest` where the body cannot be read.
    func read<In: Input>(_ type: In.Type, from request: APIRequest) throws -> In {
        let fields = try fields(of: request, needed: type != NoInput.self)
        let input = type.init(fields)
        guard fields.errors.isEmpty else { throw ValidationError(fields.errors) }
        return input
    }

    /// Reads an input from the cells of a table's row, by column; with `isPartial` missing columns stay as they are.
    ///
    /// - Throws: `ValidationError` with every column's messages.
    public func read<In: Input>(_ type: In.Type, cells: [String: String], isPartial: Bool) throws -> In {
        let fields = Fields(.text(cells, files: [:]), isPartial: isPartial, currency: currency, zone: zone)
        let input = type.init(fields)
        guard fields.errors.isEmpty else { throw ValidationError(fields.errors) }
        return input
    }

    private func fields(of request: APIRequest, needed: Bool) throws -> Fields {
        if request.method == .get || request.method == .head || request.method == .delete && request.body.isEmpty {
            return Fields(.text(request.query.values, files: [:]), currency: currency, zone: zone)
        }
        return Fields(
            try source(of: request, needed: needed), isPartial: request.method == .patch,
            isUpdate: request.method == .put, currency: currency, zone: zone)
    }

    private func source(of request: APIRequest, needed: Bool) throws -> Fields.Source {
        guard !request.body.isEmpty else { return .json([:]) }
        let media = MediaType(request.headers[.contentType] ?? "")
        switch media.name {
        // A handler without an input reads the form itself, once it knows whose it is.
        case "multipart/form-data" where !needed, "application/x-www-form-urlencoded" where !needed: return .json([:])
        case "application/json":
            guard media.charset == nil || media.charset == "utf-8" else { throw MalformedRequest.mediaType(media.name) }
            return .json(try members(of: request.body))
        case "multipart/form-data":
            let form = try MultipartForm(parsing: request.body, boundary: media.parameters["boundary"])
            return .text(form.values, files: form.files)
        case "application/x-www-form-urlencoded":
            guard let text = String(validating: request.body, as: UTF8.self), let form = QueryItems(validating: text)
            else { throw MalformedRequest.form("Invalid UTF-8") }
            return .text(form.values, files: [:])
        default:
            if !needed { return .json([:]) }
            throw MalformedRequest.mediaType(request.headers[.contentType] ?? "")
        }
    }

    private func members(of body: [UInt8]) throws -> [String: JSONValue] {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: body)
        } catch {
            throw MalformedRequest.json(error)
        }
        guard case .object(let members) = value else {
            throw ValidationError.whole("Invalid data. Expected a dictionary, but got \(value.pythonTypeName).")
        }
        return members
    }
}

/// A refusal of a body that is not of the media type that it names.
public enum MalformedRequest: BusinessError, Equatable {
    /// The body is no JSON text.
    case json(JSONSyntaxError)
    /// The body is no multipart or URL-encoded form; why, in English.
    case form(String)
    /// The body has a media type that is not read.
    case mediaType(String)

    /// `.unsupportedMediaType` for a media type, else `.invalid`.
    public var kind: ErrorKind { if case .mediaType = self { .unsupportedMediaType } else { .invalid } }
    /// Django REST Framework's code.
    public var code: String { if case .mediaType = self { "unsupported_media_type" } else { "parse_error" } }

    /// Django REST Framework's words, with the reason.
    public var message: String {
        switch self {
        case .json(let error): "JSON parse error - \(error)"
        case .form(let reason): "Multipart form parse error - \(reason)"
        case .mediaType(let name): "Unsupported media type \"\(name)\" in request."
        }
    }
}
