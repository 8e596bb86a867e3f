-- Products, the rules of plans and licences, leases of device seats.

CREATE TABLE products (
  no              INTEGER PRIMARY KEY AUTOINCREMENT,
  account_no      INTEGER NOT NULL REFERENCES accounts,
  name            TEXT NOT NULL,
  key_prefix      TEXT NOT NULL,
  key_groups      INTEGER NOT NULL,
  require_product INTEGER NOT NULL,      -- 1: a validation must name it
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  UNIQUE (account_no, name)
) STRICT;

-- Every account has this one.
INSERT INTO products (account_no, name, key_prefix, key_groups, require_product, created_at,
  updated_at)
SELECT no, 'default', 'TO', 4, 0, created_at, created_at FROM accounts;

-- Rules are JSON, since nothing looks for a licence by them: see RulesJson.java.
ALTER TABLE plans ADD COLUMN expires_from TEXT NOT NULL DEFAULT 'creation';
ALTER TABLE plans ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';

ALTER TABLE licenses ADD COLUMN product_no INTEGER REFERENCES products; -- never null
ALTER TABLE licenses ADD COLUMN own_rules TEXT NOT NULL DEFAULT '{}';  -- what is not there is the plan's
UPDATE licenses SET product_no =
  (SELECT p.no FROM products p WHERE p.account_no = licenses.account_no AND p.name = 'default');
CREATE INDEX licenses_by_product ON licenses (product_no, id);

-- Null: held until it is freed. Else the seat is free again from then on, though its row may still be
-- there.
ALTER TABLE activations ADD COLUMN leased_until INTEGER;

-- Seats that applications gave back within the last week, where that is limited.
CREATE TABLE seat_releases (
  license_no INTEGER NOT NULL REFERENCES licenses,
  at         INTEGER NOT NULL
) STRICT;

CREATE INDEX seat_releases_by_license ON seat_releases (license_no, at);
