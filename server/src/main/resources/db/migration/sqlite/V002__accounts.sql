-- Several accounts: where each stands, what it may use and has used; keys that can do some things
-- only, and those of the operator.

ALTER TABLE accounts ADD COLUMN email TEXT;
ALTER TABLE accounts ADD COLUMN status TEXT NOT NULL DEFAULT 'active';
ALTER TABLE accounts ADD COLUMN max_licenses INTEGER;              -- null: unlimited
ALTER TABLE accounts ADD COLUMN max_validations_per_month INTEGER;  -- null: unlimited
ALTER TABLE accounts ADD COLUMN over_quota TEXT NOT NULL DEFAULT 'refuse';
ALTER TABLE accounts ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN purge_at INTEGER;                   -- when a deleted one's rows go

UPDATE accounts SET updated_at = created_at;

CREATE INDEX accounts_to_purge ON accounts (purge_at) WHERE purge_at IS NOT NULL;

ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT '["admin"]';  -- JSON, a list of strings
ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
ALTER TABLE api_keys ADD COLUMN ip_allowlist TEXT NOT NULL DEFAULT '[]';   -- JSON, a list of CIDR blocks
ALTER TABLE api_keys ADD COLUMN created_by TEXT NOT NULL DEFAULT 'system';
ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;

CREATE INDEX api_keys_by_account ON api_keys (account_no, id);

CREATE TABLE operator_keys (
  no         INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  hash       BLOB NOT NULL UNIQUE,       -- SHA-256 of the key
  hint       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Validations that count against an account's quota. A row for each node, so that none waits for
-- another; written in the transaction that appends the batch.
CREATE TABLE account_usage (
  account_no  INTEGER NOT NULL,
  month       INTEGER NOT NULL,           -- year * 100 + month, UTC
  node_no     INTEGER NOT NULL,
  validations INTEGER NOT NULL,
  PRIMARY KEY (account_no, month, node_no)
) STRICT, WITHOUT ROWID;

-- A licence that is purged takes its events with it.
CREATE INDEX outbox_events_by_license ON outbox_events (license_no);
