-- Events that are about an account rather than a licence, and what keeps some of them from being told
-- twice.

ALTER TABLE outbox_events ALTER COLUMN license_no DROP NOT NULL;  -- null: it is about something else

-- Numbers are given out before the commit, and so become visible out of order. What belongs to a
-- transaction older than all that are under way changes no more: streams go by this, then by number.
ALTER TABLE outbox_events ADD COLUMN tx BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox_events
  ALTER COLUMN tx SET DEFAULT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT);

-- Lists are newest first within a tenant, of some types perhaps; streams go on from a position.
CREATE INDEX outbox_events_by_tenant ON outbox_events (account_no, live, id, type);
DROP INDEX outbox_events_by_license;
CREATE INDEX outbox_events_by_license ON outbox_events (license_no, id);
CREATE INDEX outbox_events_in_order ON outbox_events (account_no, live, tx, no);

-- When it was last told that a limit of a licence was reached.
CREATE TABLE limit_notices (
  license_no BIGINT NOT NULL REFERENCES licenses,
  kind       TEXT COLLATE "C" NOT NULL,   -- 'domain', 'device', 'counter:NAME'
  at         BIGINT NOT NULL,
  PRIMARY KEY (license_no, kind)
);

-- What was told of the quotas of accounts.
CREATE TABLE quota_notices (
  account_no BIGINT NOT NULL REFERENCES accounts,
  quota      TEXT COLLATE "C" NOT NULL,   -- 'max_licenses', 'max_validations_per_month'
  type       TEXT COLLATE "C" NOT NULL,   -- of the event
  month      INTEGER NOT NULL,            -- year * 100 + month, UTC; 0 for a quota without months
  at         BIGINT NOT NULL,
  PRIMARY KEY (account_no, quota, type, month)
);
