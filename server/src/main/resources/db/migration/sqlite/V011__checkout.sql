-- Checkout: shops of accounts, what their providers sent, the orders that it tells of, and the licences of those.

CREATE TABLE checkout_connections (
  no          INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  account_no  INTEGER NOT NULL REFERENCES accounts,
  live        INTEGER NOT NULL,
  provider    TEXT NOT NULL,             -- 'stripe', 'paddle', 'lemonsqueezy', 'generic'
  name        TEXT NOT NULL,
  mapping     TEXT NOT NULL,             -- JSON, a list
  lapse       TEXT NOT NULL,             -- 'suspend', 'grace', 'period_end'
  grace_days  INTEGER NOT NULL,
  refund      TEXT NOT NULL,             -- 'revoke', 'suspend', 'nothing'
  origins     TEXT NOT NULL,             -- JSON, a list
  two_secrets INTEGER NOT NULL,
  sealed      BLOB NOT NULL,            -- AES-256-GCM of what the provider signs with
  deleted_at  INTEGER,                    -- what is left of a deleted one goes bit by bit
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX checkout_connections_by_tenant ON checkout_connections (account_no, live, id);
CREATE INDEX checkout_connections_to_remove ON checkout_connections (no) WHERE deleted_at IS NOT NULL;

-- What belongs together: a purchase or a subscription with its payments. Written with its connection locked.
CREATE TABLE checkout_orders (
  no            INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_no INTEGER NOT NULL REFERENCES checkout_connections,
  customer      TEXT,        -- the provider's id of the buyer
  facts         TEXT NOT NULL            -- JSON: all that is known, each with the provider's time
) STRICT;

CREATE INDEX checkout_orders_by_customer ON checkout_orders (connection_no, customer)
  WHERE customer IS NOT NULL;

-- What the provider calls an order: ids of sessions, subscriptions, payments.
CREATE TABLE checkout_references (
  connection_no INTEGER NOT NULL,
  reference     TEXT NOT NULL,
  order_no      INTEGER NOT NULL REFERENCES checkout_orders ON DELETE CASCADE,
  session       INTEGER NOT NULL,       -- 1: the buyer's browser knows it, and nobody can guess it
  PRIMARY KEY (connection_no, reference)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkout_references_by_order ON checkout_references (order_no);

-- The licences of order lines: of each unit one, which this key is there for.
CREATE TABLE checkout_licenses (
  connection_no INTEGER NOT NULL,
  line          TEXT NOT NULL,
  unit          INTEGER NOT NULL,
  order_no      INTEGER NOT NULL REFERENCES checkout_orders ON DELETE CASCADE,
  license_no    INTEGER NOT NULL REFERENCES licenses ON DELETE CASCADE,
  wanted        TEXT NOT NULL,           -- JSON: what the order last wanted the licence to be like
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (connection_no, line, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkout_licenses_by_order ON checkout_licenses (order_no);
CREATE INDEX checkout_licenses_by_license ON checkout_licenses (license_no);

CREATE TABLE checkout_customers (
  connection_no INTEGER NOT NULL REFERENCES checkout_connections,
  customer      TEXT NOT NULL,
  email         TEXT NOT NULL,
  name          TEXT,
  at            INTEGER NOT NULL,         -- the provider's time
  PRIMARY KEY (connection_no, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkout_events (
  no            INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  connection_no INTEGER NOT NULL REFERENCES checkout_connections,
  provider_id   TEXT NOT NULL,
  type          TEXT NOT NULL,
  status        TEXT NOT NULL, -- 'pending', 'applied', 'unresolved', 'ignored'
  reason        TEXT,
  occurred_at   INTEGER,                  -- the provider's time
  received_at   INTEGER NOT NULL,
  applied_at    INTEGER,
  order_no      INTEGER REFERENCES checkout_orders ON DELETE SET NULL,
  faults        INTEGER NOT NULL,
  due_at        INTEGER,                  -- null: there is nothing left to do
  body          BLOB NOT NULL,
  UNIQUE (connection_no, provider_id)
) STRICT;

CREATE INDEX checkout_events_due ON checkout_events (due_at, no) WHERE due_at IS NOT NULL;
CREATE INDEX checkout_events_by_status ON checkout_events (connection_no, status, id);
CREATE INDEX checkout_events_by_order ON checkout_events (order_no, status);
CREATE INDEX checkout_events_by_age ON checkout_events (received_at);

-- What tells buyers their keys. Whoever takes one sets `due_at` ahead: that is its lease.
CREATE TABLE mails (
  no          INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE, -- the same in every attempt: the Message-ID
  account_no  INTEGER NOT NULL REFERENCES accounts,
  live        INTEGER NOT NULL,
  licenses    TEXT NOT NULL,             -- JSON, a list of ids
  status      TEXT NOT NULL,             -- 'pending', 'sent', 'failed'
  attempts    INTEGER NOT NULL,
  error       TEXT,
  due_at      INTEGER,                    -- null: there is nothing left to do
  created_at  INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;

CREATE INDEX mails_due ON mails (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX mails_by_account ON mails (account_no);
CREATE INDEX mails_by_age ON mails (created_at);

CREATE TABLE mail_templates (
  account_no INTEGER NOT NULL REFERENCES accounts,
  live       INTEGER NOT NULL,
  subject    TEXT NOT NULL,
  text       TEXT NOT NULL,
  html       TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_no, live)
) STRICT, WITHOUT ROWID;
