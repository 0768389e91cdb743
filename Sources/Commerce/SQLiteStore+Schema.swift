import GRDB

extension SQLiteStore {
  /// The tables. A migration is applied once and never edited afterwards; a change is a new one.
  ///
  /// Money is whole minor units (cents). Moments are ISO 8601 texts as the shop gave them. `position` keeps the order of a list;
  /// addresses, options and lists of ids are JSON.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 shop data") { db in
      try db.execute(
        sql: """
          CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE product(
            id TEXT PRIMARY KEY, name TEXT NOT NULL, names TEXT NOT NULL, category TEXT, brand TEXT, description TEXT,
            descriptions TEXT NOT NULL, tags TEXT NOT NULL, rating REAL, option_names TEXT NOT NULL, option_values TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE variant(
            id TEXT PRIMARY KEY, product_id TEXT NOT NULL REFERENCES product(id), options TEXT NOT NULL,
            available INTEGER NOT NULL, price INTEGER NOT NULL, stock INTEGER
          ) WITHOUT ROWID;
          CREATE TABLE customer(
            id TEXT PRIMARY KEY, given_name TEXT NOT NULL, family_name TEXT NOT NULL, email TEXT NOT NULL,
            email_key TEXT NOT NULL, postcode TEXT NOT NULL, address TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE INDEX customer_email ON customer(email_key);
          CREATE INDEX customer_postcode ON customer(postcode);
          CREATE TABLE payment_method(
            customer_id TEXT NOT NULL REFERENCES customer(id), id TEXT NOT NULL, source TEXT NOT NULL, brand TEXT,
            last_four TEXT, balance INTEGER, PRIMARY KEY(customer_id, id)
          ) WITHOUT ROWID;
          CREATE TABLE customer_order(
            id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customer(id), position INTEGER NOT NULL,
            status TEXT NOT NULL, address TEXT NOT NULL, placed_at TEXT, shipped_at TEXT, delivered_at TEXT,
            estimated_delivery TEXT, carrier TEXT, currency TEXT
          ) WITHOUT ROWID;
          CREATE INDEX order_customer ON customer_order(customer_id, position);
          CREATE TABLE order_item(
            order_id TEXT NOT NULL REFERENCES customer_order(id), position INTEGER NOT NULL, item_id TEXT NOT NULL,
            product_id TEXT NOT NULL, name TEXT NOT NULL, price INTEGER NOT NULL, options TEXT NOT NULL,
            PRIMARY KEY(order_id, position)
          ) WITHOUT ROWID;
          CREATE TABLE fulfillment(
            order_id TEXT NOT NULL REFERENCES customer_order(id), position INTEGER NOT NULL, tracking_ids TEXT NOT NULL,
            item_ids TEXT NOT NULL, PRIMARY KEY(order_id, position)
          ) WITHOUT ROWID;
          CREATE TABLE payment(
            order_id TEXT NOT NULL REFERENCES customer_order(id), position INTEGER NOT NULL, type TEXT NOT NULL,
            amount INTEGER NOT NULL, payment_method_id TEXT NOT NULL, PRIMARY KEY(order_id, position)
          ) WITHOUT ROWID;
          CREATE TABLE interaction(
            customer_id TEXT NOT NULL, product_id TEXT NOT NULL, event TEXT NOT NULL, weight REAL NOT NULL, time TEXT NOT NULL
          );
          CREATE INDEX interaction_customer ON interaction(customer_id);
          """)
    }
    migrator.registerMigration("2 changes") { db in
      try db.execute(
        sql: """
          ALTER TABLE customer ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
          ALTER TABLE customer_order ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
          ALTER TABLE customer_order ADD COLUMN cancel_reason TEXT;
          ALTER TABLE customer_order ADD COLUMN return_items TEXT;
          ALTER TABLE customer_order ADD COLUMN return_payment_method_id TEXT;
          ALTER TABLE customer_order ADD COLUMN exchange_items TEXT;
          ALTER TABLE customer_order ADD COLUMN exchange_new_items TEXT;
          ALTER TABLE customer_order ADD COLUMN exchange_payment_method_id TEXT;
          ALTER TABLE customer_order ADD COLUMN exchange_price_difference INTEGER;
          ALTER TABLE product ADD COLUMN category_names TEXT NOT NULL DEFAULT '{}';
          CREATE INDEX variant_product ON variant(product_id);
          CREATE TABLE event(
            id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            arguments TEXT NOT NULL, token TEXT UNIQUE, before TEXT NOT NULL, after TEXT NOT NULL
          );
          CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
          CREATE TRIGGER event_is_final BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
          """)
    }
    return migrator
  }
}
