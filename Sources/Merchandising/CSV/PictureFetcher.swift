import Catalog
import Commerce
import Jobs
import Outbound
import Pictures
import Primitives
import SQL

/// Fetches the pictures that imports name. Hosts with private addresses are refused: who sends a file must not read by it
/// what only this machine can reach.
public struct PictureFetcher: Sendable {
    let database: any Database
    let client: HTTPClient
    let studio: PictureStudio
    let images: ImageService
    let jobs: JobQueue
    /// The most bytes of a picture.
    let limit: Int
    /// Networks that may be reached although their addresses are private.
    var allowed: [PeerNetwork] = []

    /// Creates a fetcher; `limit` is the most bytes of a picture, `events` is told of each change of a product, and
    /// `allowed` are networks that may be reached although their addresses are private.
    public init(
        database: any Database, time: TimeSource, client: HTTPClient, studio: PictureStudio, jobs: JobQueue, limit: Int,
        events: ProductEvents = .silent, allowed: [PeerNetwork] = []
    ) {
        self.database = database
        self.client = client
        self.studio = studio
        self.images = ImageService(time: time, events: events)
        self.jobs = jobs
        self.limit = limit
        self.allowed = allowed
    }

    /// The handler of the job that fetches a picture.
    public var handler: JobHandler { .external(FetchPicture.self) { job, _ in try await fetch(job) } }

    private func fetch(_ job: FetchPicture) async throws -> JobHandler.Completion {
        guard try await database.read({ try isWanted(job, nil, $0) }) else { return JobHandler.nothingToWrite }
        let bytes = try await self.bytes(at: job.address)
        let picture: StoredPicture
        do {
            picture = try await studio.store(bytes, in: "products")
        } catch let error as ValidationError {
            throw JobFailure.permanent(error.description)
        }
        return { tx in
            guard try isWanted(job, picture, tx) else { return }
            _ = try images.add(
                picture, to: SellableID(job.product, job.variant), altText: "", displayOrder: job.order, in: tx)
            try jobs.enqueue(MakePictureSizes(key: picture.key), in: tx)
        }
    }

    /// Returns whether the product and the variant are still there, and do not have this picture.
    private func isWanted(_ job: FetchPicture, _ picture: StoredPicture?, _ connection: Connection) throws -> Bool {
        guard try CatalogRecordQueries.product(job.product, connection) != nil else { return false }
        if let variant = job.variant {
            let variants = try CatalogRecordQueries.variants(of: job.product, connection)
            guard variants.contains(where: { $0.id == variant }) else { return false }
        }
        guard let picture else { return true }
        return try !ImageQueries.all(of: job.product, connection).contains {
            $0.key == picture.key && $0.variantID == job.variant
        }
    }

    private func bytes(at address: String) async throws -> [UInt8] {
        var request = OutboundRequest(
            "GET", address, timeout: .minutes(1), maxResponseBytes: limit, maxRedirects: 3,
            refusesPrivateAddresses: true)
        request.allowedNetworks = allowed
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch let error as OutboundError where !error.mayRetry {
            throw JobFailure.permanent("The picture cannot be fetched: \(error.word).")
        }
        switch response.status {
        case 200: return response.body
        case 408, 425, 429, 500...599:
            throw JobFailure.retry(after: .minutes(1), "The host answered \(response.status).")
        default: throw JobFailure.permanent("The host answered \(response.status).")
        }
    }
}

extension OutboundError {
    /// The cause in a few words, for those that no second attempt mends.
    fileprivate var word: String {
        switch kind {
        case .invalid: "the URL cannot be called"
        case .tooLarge: "it has too many bytes"
        case .protocolViolation: "the answer is no HTTP"
        case .refusedAddress: "the address is not public"
        case .resolve, .connect, .tls, .timeout, .disconnected, .smtp, .unavailable: "the call could not be made"
        }
    }
}
