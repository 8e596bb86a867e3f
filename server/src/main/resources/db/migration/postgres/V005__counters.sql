-- What licences have used of their counted entitlements. What is granted stands in the rules of
-- plans and licences.

CREATE TABLE counter_uses (
  license_no BIGINT NOT NULL REFERENCES licenses,
  name       TEXT COLLATE "C" NOT NULL,
  period     BIGINT NOT NULL,           -- the month since the year 0; 0 for a counter without months
  used       BIGINT NOT NULL CHECK (used >= 0),
  PRIMARY KEY (license_no, name)
);

-- What was consumed under an idempotency key, and the answer to it. Kept for a day.
CREATE TABLE consumptions (
  license_no      BIGINT NOT NULL REFERENCES licenses,
  idempotency_key TEXT COLLATE "C" NOT NULL,
  name            TEXT COLLATE "C" NOT NULL,
  amount          BIGINT NOT NULL,
  max_used        BIGINT,               -- null: unlimited
  reset           TEXT COLLATE "C" NOT NULL,
  used            BIGINT NOT NULL,
  remaining       BIGINT,               -- null: unlimited
  resets_at       BIGINT,
  at              BIGINT NOT NULL,
  PRIMARY KEY (license_no, idempotency_key)
);

CREATE INDEX consumptions_by_time ON consumptions (license_no, at);
