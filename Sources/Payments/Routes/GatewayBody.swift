import Commerce
import Pictures
import Primitives
import Web

/// A gateway that a customer can choose.
struct GatewayBody: ResponseBody {
    let code: GatewayCode
    let name: String
    /// The absolute URL; null without one.
    let logo: String?
    let supportedCurrencies: [String]
    let paymentMethods: [String]
    /// The key for the gateway's library in the browser; null where there is none.
    let publicKey: String?
    /// Whether no money moves.
    let isTest: Bool
    let displayOrder: Int

    init(_ offered: OfferedGateway, baseURL: String) {
        code = offered.gateway.code
        name = offered.name
        logo = offered.logo.isEmpty ? nil : MediaURL.of(offered.logo, baseURL)
        supportedCurrencies = offered.currencies
        paymentMethods = offered.gateway.methods
        publicKey = offered.gateway.publicKey
        isTest = offered.gateway.isTest
        displayOrder = offered.displayOrder
    }
}

/// A gateway as staff see it: of secrets only whether they are set, and their ends.
struct StaffGatewayBody: ResponseBody {
    let code: GatewayCode
    let name: String
    let isActive: Bool
    /// Whether it has all that it needs.
    let isConfigured: Bool
    let isTest: Bool
    /// Each key by its name: a secret as `{"set": true, "ends": "a1b2"}`, others as their text; null where unset.
    let configuration: JSONValue
    /// The keys whose values come from the environment, which goes before the row.
    let environmentKeys: [String]
    /// The currencies that staff let it take; empty for all that it can.
    let supportedCurrencies: [String]
    let logo: String?
    let displayOrder: Int
    let version: Int

    init(_ state: GatewayAdministration.State, baseURL: String) {
        code = state.kind.code
        name = state.kind.name
        isActive = state.row.isActive
        isConfigured = state.gateway != nil
        isTest = state.gateway?.isTest ?? false
        let shown = state.kind.keys.map { ($0.name, $0.shown(state.configuration[$0.name])) }
        configuration = .object(Dictionary(shown) { first, _ in first })
        environmentKeys = state.fixed.sorted()
        supportedCurrencies = state.row.currencies
        logo = state.row.logo.isEmpty ? nil : MediaURL.of(state.row.logo, baseURL)
        displayOrder = state.row.displayOrder
        version = state.row.version
    }
}

extension GatewayConfiguration.Key {
    /// Returns what is shown of a value. Of a secret that is short not even its end is.
    fileprivate func shown(_ value: String?) -> JSONValue {
        guard let value else { return .null }
        guard kind == .secret else { return .string(value) }
        let ends = value.utf8.count >= 16 ? String(decoding: value.utf8.suffix(4), as: UTF8.self) : ""
        return .object(["set": .bool(true), "ends": .string(ends)])
    }
}
