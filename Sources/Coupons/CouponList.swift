import Commerce
import Primitives
import SQL
import Web

/// Which coupons a list shows.
public struct CouponFilter: RowFilter {
    /// Whose coupons they are.
    enum Audience: Sendable {
        case staff
        /// Public ones that this shopper can use now.
        case available(CouponUser, at: Timestamp)
        /// Those assigned to this user or used by them.
        case mine(UserID)
    }

    var audience = Audience.staff
    var isActive: Bool?
    var type: DiscountType?
    /// Part of the code, or of the description.
    var search: String?

    /// The condition on a row `c` of `coupons`; deleted ones are never listed.
    public var condition: Query {
        var conditions: [Query] = ["c.deleted_at IS NULL"]
        if let isActive { conditions.append("c.is_active = \(isActive)") }
        if let type { conditions.append("c.discount_type = \(type)") }
        if let search { conditions.append(Self.matches(search)) }
        switch audience {
        case .staff: break
        case .available(let user, let now): conditions.append(Self.isAvailable(to: user, at: now))
        case .mine(let user): conditions.append(Self.belongs(to: user))
        }
        return conditions.joined(by: " AND ")
    }

    /// Returns the hint of the index that has the coupons in the order of `key`, with what staff filter by; a shopper's are few.
    func walk(by key: CouponSortKey, _ dialect: Dialect) -> Query {
        guard case .staff = audience else { return .empty }
        return switch key {
        case .createdAt: dialect.through("ix_coupons_newest")
        case .code: dialect.through("ix_coupons_codes")
        case .validUntil: dialect.through("ix_coupons_valid_until")
        case .usedCount: dialect.through("ix_coupons_used_count")
        }
    }

    private static func matches(_ text: String) -> Query {
        let pattern = "%" + text.lowercased().keeping { !"%_\\".unicodeScalars.contains($0) } + "%"
        return "(LOWER(c.code) LIKE \(pattern) OR LOWER(c.description) LIKE \(pattern))"
    }

    private static func isAvailable(to user: CouponUser, at now: Timestamp) -> Query {
        """
        c.is_public = 1 AND c.is_active = 1 AND (c.valid_from IS NULL OR c.valid_from <= \(now))
        AND (c.valid_until IS NULL OR c.valid_until > \(now))
        AND (c.usage_limit IS NULL OR c.used_count < c.usage_limit)
        AND (c.usage_limit_per_user IS NULL OR c.usage_limit_per_user > (SELECT COUNT(*) FROM coupon_usages u
        WHERE u.coupon_id = c.id AND u.released_at IS NULL AND \(user.condition)))
        AND (NOT EXISTS (SELECT 1 FROM coupon_users a WHERE a.coupon_id = c.id)
        OR EXISTS (SELECT 1 FROM coupon_users a WHERE a.coupon_id = c.id AND a.user_id = \(user.id)))
        """
    }

    private static func belongs(to user: UserID) -> Query {
        """
        (EXISTS (SELECT 1 FROM coupon_users a WHERE a.coupon_id = c.id AND a.user_id = \(user))
        OR EXISTS (SELECT 1 FROM coupon_usages u
        WHERE u.coupon_id = c.id AND u.user_id = \(user) AND u.released_at IS NULL))
        """
    }
}

/// The keys by which a list of coupons can be ordered.
public enum CouponSortKey: String, CaseIterable, SQLName {
    case createdAt = "created_at"
    case code
    case validUntil = "valid_until"
    case usedCount = "used_count"

    /// The column of `coupons c` that the key stands for.
    public var sqlName: StaticString {
        switch self {
        case .createdAt: "c.created_at"
        case .code: "c.code"
        case .validUntil: "c.valid_until"
        case .usedCount: "c.used_count"
        }
    }
}
