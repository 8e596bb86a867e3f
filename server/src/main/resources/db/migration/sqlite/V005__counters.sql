-- Counted entitlements: what plans and licences grant, and what is used of it.

ALTER TABLE plans ADD COLUMN counters TEXT NOT NULL DEFAULT '{}'; -- JSON: name to limit and reset
ALTER TABLE licenses ADD COLUMN own_counters TEXT; -- JSON as above; null: the plan's alone

CREATE TABLE counter_uses (
  license_no INTEGER NOT NULL REFERENCES licenses,
  name       TEXT NOT NULL,
  period     INTEGER NOT NULL,           -- the month since the year 0; 0 for a counter without months
  used       INTEGER NOT NULL CHECK (used >= 0),
  PRIMARY KEY (license_no, name)
) STRICT, WITHOUT ROWID;

-- What was consumed under an idempotency key, and the answer to it. Kept for a day.
CREATE TABLE consumptions (
  license_no      INTEGER NOT NULL REFERENCES licenses,
  idempotency_key TEXT NOT NULL,
  name            TEXT NOT NULL,
  amount          INTEGER NOT NULL,
  max_used        INTEGER,               -- null: unlimited
  reset           TEXT NOT NULL,
  used            INTEGER NOT NULL,
  remaining       INTEGER,               -- null: unlimited
  resets_at       INTEGER,
  at              INTEGER NOT NULL,
  PRIMARY KEY (license_no, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX consumptions_by_time ON consumptions (license_no, at);
