-- The foundation: tenants, plans, licences and their keys, seats, the journal of validations and
-- what is folded from it, and what tells others of changes.
--
-- Times are milliseconds since the epoch, truth values are 0 and 1. Rows that the API names have a
-- public `id` beside the number `no`, by which the other tables refer to them.

CREATE TABLE installation (
  name  TEXT PRIMARY KEY,                -- 'secret_fingerprint'
  value BLOB NOT NULL
) STRICT;

CREATE TABLE accounts (
  no         INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
  no         INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  account_no INTEGER NOT NULL REFERENCES accounts,
  live       INTEGER NOT NULL,
  hash       BLOB NOT NULL UNIQUE,       -- SHA-256 of the key
  hint       TEXT NOT NULL,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE TABLE plans (
  no                       INTEGER PRIMARY KEY AUTOINCREMENT,
  account_no               INTEGER NOT NULL REFERENCES accounts,
  name                     TEXT NOT NULL,
  features                 TEXT NOT NULL, -- JSON, a list of strings
  max_domains              INTEGER,       -- null: unlimited
  max_devices              INTEGER,       -- null: unlimited
  duration                 TEXT,          -- ISO 8601; null: for ever
  local_domains_take_seats INTEGER NOT NULL,
  created_at               INTEGER NOT NULL,
  updated_at               INTEGER NOT NULL,
  UNIQUE (account_no, name)
) STRICT;

CREATE TABLE licenses (
  no                   INTEGER PRIMARY KEY AUTOINCREMENT,
  id                   TEXT NOT NULL UNIQUE,
  account_no           INTEGER NOT NULL REFERENCES accounts,
  live                 INTEGER NOT NULL,
  plan_no              INTEGER NOT NULL REFERENCES plans,
  status               TEXT NOT NULL,
  status_reason        TEXT,
  customer_email       TEXT NOT NULL,
  customer_email_lower TEXT NOT NULL,
  customer_name        TEXT,
  own_max_domains_set  INTEGER NOT NULL,  -- 1: own_max_domains counts, null in it is unlimited
  own_max_domains      INTEGER,
  own_max_devices_set  INTEGER NOT NULL,
  own_max_devices      INTEGER,
  own_features         TEXT,              -- JSON, a list of strings; null: the plan's
  metadata             TEXT NOT NULL,     -- JSON, an object of strings
  expires_from         TEXT NOT NULL,
  pending_duration     TEXT,              -- starts at the first validation
  expires_at           INTEGER,
  first_validated_at   INTEGER,
  version              INTEGER NOT NULL,
  created_at           INTEGER NOT NULL,
  updated_at           INTEGER NOT NULL
) STRICT;

-- Lists are newest first within a tenant; ids rise with time.
CREATE INDEX licenses_by_tenant ON licenses (account_no, live, id);
CREATE INDEX licenses_by_email ON licenses (account_no, live, customer_email_lower, id);
CREATE INDEX licenses_by_plan ON licenses (plan_no, id);
CREATE INDEX licenses_by_expiry ON licenses (account_no, live, expires_at);

CREATE TABLE license_keys (
  lookup     BLOB NOT NULL,              -- HMAC-SHA256 of the canonical key
  account_no INTEGER NOT NULL,
  license_no INTEGER NOT NULL REFERENCES licenses,
  sealed     BLOB NOT NULL,              -- AES-256-GCM of the canonical key
  hint       TEXT NOT NULL,              -- its last four symbols
  retires_at INTEGER,                    -- null: the current key
  created_at INTEGER NOT NULL,
  PRIMARY KEY (lookup, account_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX license_keys_by_license ON license_keys (license_no);
CREATE UNIQUE INDEX license_keys_current ON license_keys (license_no) WHERE retires_at IS NULL;

CREATE TABLE activations (
  no            INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT NOT NULL UNIQUE,
  license_no    INTEGER NOT NULL REFERENCES licenses,
  kind          TEXT NOT NULL,           -- 'domain', 'device'
  value         TEXT NOT NULL,
  by_vendor     INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  UNIQUE (license_no, kind, value)
) STRICT;

CREATE INDEX activations_by_license ON activations (license_no, id);
CREATE INDEX activations_by_value ON activations (kind, value);

-- The journal: appended, never changed. A row is one commit of a node, with all events that were in
-- flight. An event's id is node_no << 40 | sequence; a batch's events have consecutive ones. No other
-- index and no foreign key, so that an append touches the end of one tree alone.
CREATE TABLE usage_batches (
  first_id INTEGER PRIMARY KEY,
  size     INTEGER NOT NULL,             -- how many events, at most 1,024
  events   BLOB NOT NULL                 -- their form: see EventCodec.java
) STRICT;

-- Every process that appended, and how far its events are folded: all up to `folded_to`, and those
-- up to `round_to` of licences below `next_license`.
CREATE TABLE usage_nodes (
  node_no      INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at   INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,           -- when it last gave a sign of life
  folded_to    INTEGER NOT NULL,
  round_to     INTEGER NOT NULL,
  next_license INTEGER NOT NULL,
  closed       INTEGER NOT NULL
) STRICT;

-- From here on the fold alone writes, and nothing refers to anything: a freed seat stops no fold.
CREATE TABLE license_usage (
  license_no  INTEGER NOT NULL,
  outcome     INTEGER  NOT NULL,
  validations INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  PRIMARY KEY (license_no, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE activation_usage (
  activation_no     INTEGER PRIMARY KEY,
  validations       INTEGER NOT NULL,
  last_validated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE usage_hourly (
  hour        INTEGER NOT NULL,          -- at / 3,600,000
  license_no  INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  validations INTEGER NOT NULL,
  PRIMARY KEY (hour, license_no, outcome)
) STRICT, WITHOUT ROWID;

-- Finds a licence's events of small rounds of the fold. A block is 65,536 ids, so that the fold writes
-- near where it wrote before.
CREATE TABLE usage_index (
  block      INTEGER NOT NULL,           -- id >> 16
  license_no INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  outcome    INTEGER NOT NULL,
  PRIMARY KEY (block, license_no, id)
) STRICT, WITHOUT ROWID;

-- Finds a licence's events of large rounds: a run is a slice of a round, in which all of a licence's
-- events stand together.
CREATE TABLE usage_runs (
  round_to     INTEGER NOT NULL,
  last_license INTEGER NOT NULL,          -- the highest of the run; the one before ends below its lowest
  places       BLOB NOT NULL,             -- their form: see RunCodec.java
  PRIMARY KEY (round_to, last_license)
) STRICT;

-- What a history is looked for in: a block, or a round of runs as the negative of its round_to.
CREATE TABLE usage_blocks (
  block    INTEGER PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX usage_blocks_by_time ON usage_blocks (last_at, block);

CREATE TABLE outbox_events (
  no         INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  account_no INTEGER NOT NULL REFERENCES accounts,
  live       INTEGER NOT NULL,
  license_no INTEGER NOT NULL REFERENCES licenses,
  type       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  data       TEXT NOT NULL               -- JSON, keys masked
) STRICT;

-- What other processes must read again. Kept for an hour.
CREATE TABLE change_feed (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind   TEXT NOT NULL,
  ref_no INTEGER NOT NULL,               -- a licence, or a plan
  at     INTEGER NOT NULL
) STRICT;

CREATE INDEX change_feed_by_time ON change_feed (at);
