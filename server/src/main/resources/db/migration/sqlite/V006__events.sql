-- Events that are about an account rather than a licence, and what keeps some of them from being told
-- twice.

CREATE TABLE newer_outbox_events (
  no         INTEGER PRIMARY KEY AUTOINCREMENT,
  tx         INTEGER NOT NULL DEFAULT 0,  -- one writer: the numbers rise in the order of the commits
  id         TEXT NOT NULL UNIQUE,
  account_no INTEGER NOT NULL REFERENCES accounts,
  live       INTEGER NOT NULL,
  license_no INTEGER REFERENCES licenses, -- null: it is about something else
  type       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  data       TEXT NOT NULL                -- JSON, keys masked
) STRICT;

INSERT INTO newer_outbox_events (no, id, account_no, live, license_no, type, created_at, data)
SELECT no, id, account_no, live, license_no, type, created_at, data FROM outbox_events;
DROP TABLE outbox_events;
ALTER TABLE newer_outbox_events RENAME TO outbox_events;

-- Lists are newest first within a tenant, of some types perhaps; streams go on from a position.
CREATE INDEX outbox_events_by_tenant ON outbox_events (account_no, live, id, type);
CREATE INDEX outbox_events_by_license ON outbox_events (license_no, id);
CREATE INDEX outbox_events_in_order ON outbox_events (account_no, live, tx, no);

-- When it was last told that a limit of a licence was reached.
CREATE TABLE limit_notices (
  license_no INTEGER NOT NULL REFERENCES licenses,
  kind       TEXT NOT NULL,               -- 'domain', 'device', 'counter:NAME'
  at         INTEGER NOT NULL,
  PRIMARY KEY (license_no, kind)
) STRICT, WITHOUT ROWID;

-- What was told of the quotas of accounts.
CREATE TABLE quota_notices (
  account_no INTEGER NOT NULL REFERENCES accounts,
  quota      TEXT NOT NULL,               -- 'max_licenses', 'max_validations_per_month'
  type       TEXT NOT NULL,               -- of the event
  month      INTEGER NOT NULL,            -- year * 100 + month, UTC; 0 for a quota without months
  at         INTEGER NOT NULL,
  PRIMARY KEY (account_no, quota, type, month)
) STRICT, WITHOUT ROWID;
