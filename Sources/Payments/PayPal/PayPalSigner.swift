import FoundationEssentials
import Primitives
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// A certificate of PayPal's whose chain leads to a trusted root.
struct PayPalSigner: Sendable {
    private let key: Certificate.PublicKey
    private let from: Date
    private let until: Date

    /// Checks a certificate and its chain (RFC 5280), PEM with the signing one first.
    ///
    /// - Throws: `GatewayError.badSignature` where it is not PayPal's or leads to no trusted root;
    ///   `GatewayError.unavailable` where it is no certificate, its chain is incomplete, or the roots cannot be read.
    init(chain pem: [UInt8], _ settings: PayPalSettings, at now: Timestamp) async throws {
        let certificates = try Self.certificates(pem)
        guard let leaf = certificates.first else { throw Self.noCertificate }
        guard Self.names(of: leaf).contains(where: { Self.isTrusted($0, settings) }) else {
            throw GatewayError.badSignature("The certificate is not PayPal's.")
        }
        let moment = now.date
        var verifier = Verifier(rootCertificates: try Self.roots(settings)) {
            RFC5280Policy(fixedExpiryValidationTime: moment)
        }
        let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore(certificates.dropFirst()))
        guard case .validCertificate(let valid) = result else {
            throw Self.failure(result, certificates)
        }
        key = leaf.publicKey
        from = valid.map(\.notValidBefore).max() ?? leaf.notValidBefore
        until = valid.map(\.notValidAfter).min() ?? leaf.notValidAfter
    }

    /// Returns whether all of the chain is valid at a moment.
    func isValid(at now: Timestamp) -> Bool { from...until ~= now.date }

    /// Returns whether it signed a message (RSASSA-PKCS1-v1_5 with SHA-256).
    func signed(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: message, signatureAlgorithm: .sha256WithRSAEncryption)
    }

    /// A chain that ends before a root may lack what the system's roots do not have: then PayPal has to be asked.
    private static func failure(_ result: CertificateValidationResult, _ certificates: [Certificate]) -> GatewayError {
        if case .couldNotValidate(let failures) = result, failures.isEmpty, let last = certificates.last,
            last.issuer != last.subject
        {
            return .unavailable("its certificate's chain is incomplete", isUndone: true)
        }
        return .badSignature("The certificate is expired or leads to no trusted root.")
    }

    /// PayPal's own kits look at the subject's common name alone: `messageverificationcerts.paypal.com`, with `sandbox` inside for
    /// the sandbox (`SSLUtil.validateCertificateChain` of its kit for Java).
    private static func names(of certificate: Certificate) -> [String] {
        certificate.subject.flatMap { $0 }.filter { $0.type == .RDNAttributeType.commonName }
            .compactMap { String($0.value)?.lowercased() }
    }

    private static func isTrusted(_ name: String, _ settings: PayPalSettings) -> Bool {
        name.begins(with: "messageverificationcerts.") && name.ends(with: ".paypal.com")
            || (!settings.isPayPal && name.isSame(as: settings.host.lowercased()))
    }

    private static func roots(_ settings: PayPalSettings) throws -> CertificateStore {
        guard let path = settings.rootsFile, !settings.isPayPal else { return .systemTrustRoots }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw GatewayError.unavailable("the file of trusted certificates cannot be read", isUndone: true)
        }
        return CertificateStore(try certificates(Array(data)))
    }

    private static func certificates(_ pem: [UInt8]) throws(GatewayError) -> [Certificate] {
        do {
            let documents = try PEMDocument.parseMultiple(pemString: String(decoding: pem, as: UTF8.self))
            return try documents.filter { $0.discriminator == Certificate.defaultPEMDiscriminator }.prefix(10)
                .map { try Certificate(pemDocument: $0) }
        } catch {
            throw noCertificate
        }
    }

    private static let noCertificate = GatewayError.unavailable("its certificate is none", isUndone: true)
}

extension Timestamp {
    fileprivate var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
}
