-- Use by hour and by day, in every respect in which it can be asked for, and raw records that go after
-- a time.
--
-- A day is the number of the day since the epoch, UTC; an hour likewise. Of each hour the four quarters are
-- counted apart, so that days of every time zone add up exactly.

-- The history index gets the day first, so that old days are removed where they lie.
ALTER TABLE usage_batches ADD COLUMN day INTEGER NOT NULL DEFAULT 0; -- of its last event
-- The day of a batch stands in its bytes, which SQL does not read: they are kept as if they were of today.
UPDATE usage_batches SET day = unixepoch() / 86400;

CREATE TABLE usage_index_by_day (
  day        INTEGER NOT NULL,           -- of the event
  block      INTEGER NOT NULL,           -- id >> 16
  license_no INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  outcome    INTEGER NOT NULL,
  PRIMARY KEY (day, block, license_no, id)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_index_by_day
SELECT at / 86400000, block, license_no, id, at, outcome FROM usage_index;
DROP TABLE usage_index;
ALTER TABLE usage_index_by_day RENAME TO usage_index;

ALTER TABLE usage_runs ADD COLUMN day INTEGER NOT NULL DEFAULT 0; -- of its last event
UPDATE usage_runs SET day = COALESCE(
  (SELECT last_at / 86400000 FROM usage_blocks WHERE block = -round_to), 0);
CREATE INDEX usage_runs_by_day ON usage_runs (day);

-- What a history is looked for in: a block on a day, or a round of runs as the negative of its round_to.
CREATE TABLE usage_blocks_by_day (
  day      INTEGER NOT NULL,
  block    INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  PRIMARY KEY (day, block)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_blocks_by_day
SELECT day, block, MIN(at), MAX(at) FROM usage_index GROUP BY day, block
UNION ALL
SELECT r.day, b.block, b.first_at, b.last_at FROM usage_blocks b
JOIN (SELECT DISTINCT round_to, day FROM usage_runs) r ON r.round_to = -b.block;
DROP TABLE usage_blocks;
ALTER TABLE usage_blocks_by_day RENAME TO usage_blocks;
CREATE INDEX usage_blocks_by_time ON usage_blocks (last_at, block);

-- A day's use of a licence in all respects at once. Domains and devices are numbers made of their names
-- (see NameHash.java), 0 for none; countries are numbers, too (see Countries.java).
CREATE TABLE usage_daily (
  day         INTEGER NOT NULL,
  account_no  INTEGER NOT NULL,
  live        INTEGER NOT NULL,
  license_no  INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  domain      INTEGER NOT NULL,
  device      INTEGER NOT NULL,
  country     INTEGER NOT NULL,
  validations INTEGER NOT NULL,
  PRIMARY KEY (day, account_no, live, license_no, outcome, domain, device, country)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_hours (
  hour        INTEGER NOT NULL,
  account_no  INTEGER NOT NULL,
  live        INTEGER NOT NULL,
  license_no  INTEGER NOT NULL,
  outcome     INTEGER NOT NULL,
  domain      INTEGER NOT NULL,
  device      INTEGER NOT NULL,
  country     INTEGER NOT NULL,
  quarter1    INTEGER NOT NULL,
  quarter2    INTEGER NOT NULL,
  quarter3    INTEGER NOT NULL,
  quarter4    INTEGER NOT NULL,
  PRIMARY KEY (hour, account_no, live, license_no, outcome, domain, device, country)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_hours
SELECT u.hour, l.account_no, l.live, u.license_no, u.outcome, 0, 0, 0, u.validations, 0, 0, 0
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no;
INSERT INTO usage_daily
SELECT u.hour / 24, l.account_no, l.live, u.license_no, u.outcome, 0, 0, 0, SUM(u.validations)
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no
GROUP BY u.hour / 24, l.account_no, l.live, u.license_no, u.outcome;

-- An account's use, by what its licences belonged to at the time.
CREATE TABLE usage_accounts (
  account_no INTEGER NOT NULL,
  live       INTEGER NOT NULL,
  hour       INTEGER NOT NULL,
  plan_no    INTEGER NOT NULL,
  product_no INTEGER NOT NULL,
  outcome    INTEGER NOT NULL,
  country    INTEGER NOT NULL,
  quarter1   INTEGER NOT NULL,
  quarter2   INTEGER NOT NULL,
  quarter3   INTEGER NOT NULL,
  quarter4   INTEGER NOT NULL,
  PRIMARY KEY (account_no, live, hour, plan_no, product_no, outcome, country)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_accounts
SELECT l.account_no, l.live, u.hour, l.plan_no, l.product_no, u.outcome, 0, SUM(u.validations), 0, 0, 0
FROM usage_hourly u JOIN licenses l ON l.no = u.license_no
GROUP BY l.account_no, l.live, u.hour, l.plan_no, l.product_no, u.outcome;
DROP TABLE usage_hourly;

CREATE INDEX usage_accounts_by_hour ON usage_accounts (hour);

-- The names behind the numbers, for each licence apart: without them the numbers tell of nobody.
CREATE TABLE usage_names (
  license_no INTEGER NOT NULL,
  kind       INTEGER NOT NULL,           -- 0 domain, 1 device
  hash       INTEGER NOT NULL,
  value      TEXT NOT NULL,
  month      INTEGER NOT NULL,           -- in which it was last seen, such as 202611
  PRIMARY KEY (license_no, kind, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_names_by_month ON usage_names (month);
