import Commerce
import Messages
import Modules
import SQL

/// What the inventory brings.
public struct InventoryModule: Sendable {
    /// The one owner of stock, for the rooms that are made after this one.
    public let stock: StockService
    /// The endpoints for staff and their permission.
    public let module: Module

    /// What the inventory asks of the catalog and of vendors.
    public struct Questions: Sendable {
        let sold: StockScope
        let buyable: StockScope
        let check: SellableCheck
        let goods: GoodsReader
        let owned: OwnedProducts
        let prices: PriceRefresh
        let notice: OfferNotice

        /// Takes the answers of other rooms: `sold` is the stock that the shop still sells, `buyable` what can be
        /// bought of it, `check` says what an id stands for, `goods` what goods are called, `owned` which products a
        /// vendor sells, `prices` updates list prices, `notice` hears of what became available or ceased to be.
        public init(
            sold: StockScope, buyable: StockScope, check: @escaping SellableCheck, goods: GoodsReader,
            owned: @escaping OwnedProducts, prices: @escaping PriceRefresh, notice: @escaping OfferNotice
        ) {
            self.sold = sold
            self.buyable = buyable
            self.check = check
            self.goods = goods
            self.owned = owned
            self.prices = prices
            self.notice = notice
        }
    }

    /// Makes the service, with what it asks of the catalog and of vendors; `events` is told of stock that runs low.
    public init(_ context: ModuleContext, events: EventPublisher, asking questions: Questions) {
        stock = StockService(
            time: context.time, sold: questions.sold, prices: questions.prices, notice: questions.notice,
            names: questions.goods.names, events: events)
        var module = Module("Inventory")
        module.endpoints = [
            InventoryRoutes(
                database: context.database, stock: stock, check: questions.check, goods: questions.goods,
                owned: questions.owned, buyable: questions.buyable
            ).group
        ]
        module.permissions = [
            Permission("inventory.edit", "See and change stock, warehouses, deliveries and alerts.")
        ]
        module.screens = Self.screens
        self.module = module
    }
}
