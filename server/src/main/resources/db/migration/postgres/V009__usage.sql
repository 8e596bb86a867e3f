-- Use by hour and by day, in every respect in which it can be asked for, and raw records in partitions
-- that are dropped after a time.
--
-- A day is the number of the day since the epoch, UTC; an hour likewise. Of each hour the four quarters are
-- counted apart, so that days of every time zone add up exactly.
--
-- Partitions for the days are made by the program (PostgresPartitions.java), those of what is there already
-- below.

ALTER TABLE usage_batches RENAME TO usage_batches_first;
ALTER TABLE usage_index RENAME TO usage_index_first;
ALTER TABLE usage_runs RENAME TO usage_runs_first;
ALTER TABLE usage_blocks RENAME TO usage_blocks_first;

CREATE TABLE usage_batches (
  first_id BIGINT NOT NULL,
  size     INTEGER NOT NULL,
  events   BYTEA NOT NULL,
  day      BIGINT NOT NULL,              -- of its last event
  PRIMARY KEY (first_id, day)
) PARTITION BY RANGE (day);

CREATE TABLE usage_index (
  day        BIGINT NOT NULL,            -- of the event
  block      BIGINT NOT NULL,            -- id >> 16
  license_no BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  outcome    SMALLINT NOT NULL,
  PRIMARY KEY (block, license_no, id, day)
) PARTITION BY RANGE (day);

CREATE TABLE usage_runs (
  round_to     BIGINT NOT NULL,
  last_license BIGINT NOT NULL,
  places       BYTEA NOT NULL,
  day          BIGINT NOT NULL,          -- of its last event
  PRIMARY KEY (round_to, last_license, day)
) PARTITION BY RANGE (day);

-- What a history is looked for in: a block on a day, or a round of runs as the negative of its round_to.
CREATE TABLE usage_blocks (
  day      BIGINT NOT NULL,
  block    BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at  BIGINT NOT NULL,
  PRIMARY KEY (day, block)
);

DO $$
DECLARE
  part TEXT;
  name TEXT;
  day BIGINT;
BEGIN
  FOR part, day IN
    SELECT 'usage_index', at / 86400000 FROM usage_index_first
    UNION
    SELECT 'usage_runs', COALESCE(b.last_at / 86400000, 0)
    FROM usage_runs_first r LEFT JOIN usage_blocks_first b ON b.block = -r.round_to
    UNION
    SELECT 'usage_batches', CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) / 86400
    FROM usage_batches_first
  LOOP
    name := part || '_' || to_char(DATE '1970-01-01' + CAST(day AS INTEGER), 'YYYYMMDD');
    EXECUTE format(
      'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)', name, part, day, day + 1);
  END LOOP;
END $$;

INSERT INTO usage_index
SELECT at / 86400000, block, license_no, id, at, outcome FROM usage_index_first;
INSERT INTO usage_runs
SELECT r.round_to, r.last_license, r.places, COALESCE(b.last_at / 86400000, 0)
FROM usage_runs_first r LEFT JOIN usage_blocks_first b ON b.block = -r.round_to;
INSERT INTO usage_blocks
SELECT day, block, MIN(at), MAX(at) FROM usage_index GROUP BY day, block;
INSERT INTO usage_blocks
SELECT r.day, b.block, b.first_at, b.last_at FROM usage_blocks_first b
JOIN (SELECT DISTINCT round_to, day FROM usage_runs) r ON r.round_to = -b.block;
-- The day of a batch stands in its bytes, which SQL does not read: they are kept as if they were of today.
INSERT INTO usage_batches
SELECT first_id, size, events, CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) / 86400
FROM usage_batches_first;

DROP TABLE usage_batches_first;
DROP TABLE usage_index_first;
DROP TABLE usage_runs_first;
DROP TABLE usage_blocks_first;
CREATE INDEX usage_blocks_by_time ON usage_blocks (last_at, block);

-- A day's use of a licence in all respects at once. Domains and devices are numbers made of their names
-- (see NameHash.java), 0 for none; countries are numbers, too (see Countries.java).
CREATE TABLE usage_daily (
  day         BIGINT NOT NULL,
  account_no  BIGINT NOT NULL,
  live        SMALLINT NOT NULL,
  license_no  BIGINT NOT NULL,
  outcome     SMALLINT NOT NULL,
  domain      BIGINT NOT NULL,
  device      BIGINT NOT NULL,
  country     SMALLINT NOT NULL,
  validations BIGINT NOT NULL,
  PRIMARY KEY (day, account_no, live, license_no, outcome, domain, device, country)
) WITH (fillfactor = 50);

CREATE TABLE usage_hours (
  hour        BIGINT NOT NULL,
  account_no  BIGINT NOT NULL,
  live        SMALLINT NOT NULL,
  license_no  BIGINT NOT NULL,
  outcome     SMALLINT NOT NULL,
  domain      BIGINT NOT NULL,
  device      BIGINT NOT NULL,
  country     SMALLINT NOT NULL,
  quarter1    BIGINT NOT NULL,
  quarter2    BIGINT NOT NULL,
  quarter3    BIGINT NOT NULL,
  quarter4    BIGINT NOT NULL,
  PRIMARY KEY (hour, account_no, live, license_no, outcome, domain, device, country)
) WITH (fillfactor = 50);

INSERT INTO usage_hours
SELECT u.hour, l.account_no, l.live, u.license_no, u.outcome, 0, 0, 0, u.validations, 0, 0, 0
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no;
INSERT INTO usage_daily
SELECT u.hour / 24, l.account_no, l.live, u.license_no, u.outcome, 0, 0, 0, SUM(u.validations)
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no
GROUP BY u.hour / 24, l.account_no, l.live, u.license_no, u.outcome;

-- An account's use, by what its licences belonged to at the time.
CREATE TABLE usage_accounts (
  account_no BIGINT NOT NULL,
  live       SMALLINT NOT NULL,
  hour       BIGINT NOT NULL,
  plan_no    BIGINT NOT NULL,
  product_no BIGINT NOT NULL,
  outcome    SMALLINT NOT NULL,
  country    SMALLINT NOT NULL,
  quarter1   BIGINT NOT NULL,
  quarter2   BIGINT NOT NULL,
  quarter3   BIGINT NOT NULL,
  quarter4   BIGINT NOT NULL,
  PRIMARY KEY (account_no, live, hour, plan_no, product_no, outcome, country)
) WITH (fillfactor = 50);

INSERT INTO usage_accounts
SELECT l.account_no, l.live, u.hour, l.plan_no, l.product_no, u.outcome, 0, SUM(u.validations), 0, 0, 0
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no
GROUP BY l.account_no, l.live, u.hour, l.plan_no, l.product_no, u.outcome;
DROP TABLE usage_hourly;

CREATE INDEX usage_accounts_by_hour ON usage_accounts (hour);

-- The names behind the numbers, for each licence apart: without them the numbers tell of nobody.
CREATE TABLE usage_names (
  license_no BIGINT NOT NULL,
  kind       SMALLINT NOT NULL,          -- 0 domain, 1 device
  hash       BIGINT NOT NULL,
  value      TEXT COLLATE "C" NOT NULL,
  month      INTEGER NOT NULL,           -- in which it was last seen, such as 202611
  PRIMARY KEY (license_no, kind, hash)
) WITH (fillfactor = 70);

CREATE INDEX usage_names_by_month ON usage_names (month);
