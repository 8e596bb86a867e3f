-- Webhooks: where an account wants its events sent, what is to be sent, and what came of it.

CREATE TABLE webhooks (
  no             INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  account_no     INTEGER NOT NULL REFERENCES accounts,
  live           INTEGER NOT NULL,
  url            TEXT NOT NULL,
  description    TEXT,
  events         TEXT NOT NULL,          -- JSON, a list of patterns, as they were given
  enabled        INTEGER NOT NULL,
  off_reason     TEXT,                   -- why the server disabled it; null: it did not
  off_at         INTEGER,
  include_keys   INTEGER NOT NULL,
  ed25519        INTEGER NOT NULL,       -- 1: signs by v1a too
  header_names   TEXT NOT NULL,          -- JSON, a list
  public_key     TEXT NOT NULL,
  sealed         BLOB NOT NULL,          -- AES-256-GCM of its secrets, key pair and headers
  failing_since  INTEGER,                -- the first failure of a run that no success ended
  failed_at      INTEGER,                -- the last one
  replay         TEXT,                   -- 'failed', 'all'; null: nothing is being replayed
  replay_since   INTEGER,
  replay_started INTEGER,
  replay_after   TEXT,                   -- the id of the event or delivery that was looked at last
  deleted_at     INTEGER,                -- what is left of a deleted one goes bit by bit
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX webhooks_by_tenant ON webhooks (account_no, live, id);
CREATE INDEX webhooks_to_replay ON webhooks (no) WHERE replay IS NOT NULL;
CREATE INDEX webhooks_to_remove ON webhooks (no) WHERE deleted_at IS NOT NULL;

-- What enabled webhooks want: 'license.created', 'license.*', '*'.
CREATE TABLE webhook_subscriptions (
  account_no INTEGER NOT NULL,
  live       INTEGER NOT NULL,
  pattern    TEXT NOT NULL,
  webhook_no INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  PRIMARY KEY (account_no, live, pattern, webhook_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_subscriptions_by_webhook ON webhook_subscriptions (webhook_no);

-- An event on its way to a webhook. Whoever takes one sets `due_at` ahead: that is its lease.
CREATE TABLE webhook_deliveries (
  no          INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  webhook_no  INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event_no    INTEGER NOT NULL REFERENCES outbox_events ON DELETE CASCADE,
  type        TEXT NOT NULL,
  status      TEXT NOT NULL,             -- 'pending', 'retrying', 'succeeded', 'failed'
  attempts    INTEGER NOT NULL,          -- since it was last begun
  due_at      INTEGER,                   -- null: there is nothing left to do
  created_at  INTEGER NOT NULL,
  finished_at INTEGER,
  UNIQUE (event_no, webhook_no)
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_no, due_at)
  WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_by_status ON webhook_deliveries (webhook_no, status, id, type);

CREATE TABLE webhook_attempts (
  no          INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_no INTEGER NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
  at          INTEGER NOT NULL,
  status      INTEGER,                   -- null: there was no answer
  millis      INTEGER NOT NULL,
  answer      TEXT,                      -- how it begins
  error       TEXT
) STRICT;

CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_no, no);
