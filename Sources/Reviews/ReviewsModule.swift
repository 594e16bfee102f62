import Commerce
import Jobs
import Messages
import Modules
import Pictures
import SQL
import Web

/// What reviews bring.
public struct ReviewsModule: Sendable {
    /// The service over reviews, for the rooms that are made after this one.
    public let reviews: ReviewService
    /// The endpoints of shoppers and staff, their permission, and what is kept of a person.
    public let module: Module

    /// Makes the service; `questions` are answered by other rooms, `studio` reads pictures, `events` is told of reviews.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(
        _ context: ModuleContext, events: EventPublisher, asking questions: ReviewQuestions, studio: PictureStudio
    ) throws {
        let settings = try ReviewsSettings(context.settings, context.shop)
        reviews = ReviewService(
            questions: questions, approvesAtOnce: settings.approvesAtOnce, time: context.time, events: events,
            address: { [address = context.address] in address.text })
        var module = Module("Reviews")
        module.endpoints = Self.groups(
            reviews, database: context.database, jobs: context.jobs, studio: studio,
            uploadBytes: context.shop.uploadBytes)
        module.permissions = [
            Permission(ReviewService.permission, "Approve, reject and delete reviews, and respond to them.")
        ]
        module.mediaFolders = [
            MediaFolder(ReviewPictures.folder, owner: ReviewImageQueries.referenced(among:_:))
        ]
        module.personalData = Self.personalData(context.jobs)
        module.settings = [ReviewsSettings.self]
        module.screens = [Self.screen]
        self.module = module
    }

    /// Returns the endpoints over a service; a picture has at most `uploadBytes`.
    public static func groups(
        _ reviews: ReviewService, database: any Database, jobs: JobQueue, studio: PictureStudio, uploadBytes: Int
    ) -> [EndpointGroup] {
        let pictures = ReviewPictures(database: database, reviews: reviews, studio: studio, jobs: jobs)
        return [
            ReviewRoutes(database: database, reviews: reviews, pictures: pictures, uploadBytes: uploadBytes).group,
            ReviewModeration(database: database, reviews: reviews).group,
        ]
    }

    /// An erased author's ratings stay; words and pictures go.
    public static func personalData(_ jobs: JobQueue) -> PersonalData {
        var data = PersonalData()
        data.archive = ReviewErasureQueries.archive
        data.archivedFiles = ReviewErasureQueries.pictures(of:_:)
        data.userPaths = [ReviewErasureQueries.paths(of:_:)]
        data.erase = [
            .rows { user, limit, tx in
                let (count, pictures) = try ReviewErasureQueries.erase(user.id, limit: limit, tx)
                for key in pictures { try jobs.enqueue(DropMedia(key: key), in: tx) }
                return count
            }
        ]
        return data
    }
}
