import HTTPTypes
import Primitives

/// The endpoints that operators and developers ask for: health, metrics, the document of the API and a page of it.
struct Operations: Sendable {
    let description: APIDescription
    let metrics: MetricsPage
    let problems: @Sendable () async -> [String]

    /// The answer of `/healthz` and `/readyz`.
    struct Health: ResponseBody {
        let status: String
        let problems: [String]
    }

    /// Returns who may call which of them.
    static func door(_ endpoint: Endpoint) -> Route.Door {
        switch endpoint.template {
        case "/healthz", "/readyz": .health
        case "/metrics": .metrics
        default: .operators
        }
    }

    var group: EndpointGroup {
        EndpointGroup(
            "Operations", "Health, figures and this document.",
            [
                Endpoint(.get, "/healthz", "Says that the process lives.", access: .anyone, use: live),
                Endpoint(.get, "/readyz", "Says whether the shop can serve.", access: .anyone, use: ready)
                    .answering(.serviceUnavailable),
                Endpoint(.get, "/metrics", "Gives figures in Prometheus' text format.", access: .anyone, use: figures)
                    .refusing(.unauthorized, .forbidden)
                    .producing("text/plain"),
                Endpoint(.get, "/api/schema/", "Gives this document, as OpenAPI 3.1.", access: .anyone, use: document)
                    .producing("application/vnd.oai.openapi+json"),
                Endpoint(.get, "/api/docs/", "Shows this document as a page.", access: .anyone, use: documentation)
                    .producing("text/html"),
            ])
    }

    private func live(_: APIRequest, _: NoInput) -> Reply<Health> {
        Reply(Health(status: "ok", problems: []), headers: [.cacheControl: "no-store"])
    }

    private func ready(_: APIRequest, _: NoInput) async -> Reply<Health> {
        let problems = await problems()
        return Reply(
            Health(status: problems.isEmpty ? "ok" : "unavailable", problems: problems),
            headers: [.cacheControl: "no-store"], status: problems.isEmpty ? nil : .serviceUnavailable)
    }

    private func figures(_: APIRequest, _: NoInput) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: "text/plain; version=0.0.4; charset=utf-8", bytes: metrics.bytes),
            headers: [.cacheControl: "no-store"])
    }

    private func document(_: APIRequest, _: NoInput) -> RawBody {
        RawBody(contentType: "application/vnd.oai.openapi+json", bytes: description.bytes)
    }

    private func documentation(_: APIRequest, _: NoInput) -> Reply<RawBody> {
        Reply(
            RawBody(contentType: "text/html; charset=utf-8", bytes: description.page),
            headers: [.contentSecurityPolicy: DocumentAssets.policy])
    }
}
