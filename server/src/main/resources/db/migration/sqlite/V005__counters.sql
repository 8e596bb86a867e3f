-- What licences have used of their counted entitlements. What is granted stands in the rules of
-- plans and licences.

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
