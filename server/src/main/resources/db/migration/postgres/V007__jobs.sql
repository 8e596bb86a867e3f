-- Work that recurs and happens once for all nodes, and what was announced of a licence's end.

-- Whoever changes a row raises its version, and changes it only at the version that it has seen.
CREATE TABLE jobs (
  name        TEXT COLLATE "C" PRIMARY KEY,
  version     BIGINT NOT NULL,
  holder      BIGINT,                   -- the node that runs it; null: none does
  next_run_at BIGINT NOT NULL,
  started_at  BIGINT,                   -- the last run; null: there was none
  finished_at BIGINT,
  took        BIGINT NOT NULL,          -- milliseconds
  items       BIGINT NOT NULL,
  failures    BIGINT NOT NULL,          -- since the last run that did not fail
  error       TEXT COLLATE "C",          -- the last one, also when later runs did not fail
  error_at    BIGINT
);

-- How many days before the end was announced last; 0: the end itself. 2147483647: nothing yet.
ALTER TABLE licenses ADD COLUMN announced INTEGER NOT NULL DEFAULT 2147483647;
CREATE INDEX licenses_to_announce ON licenses (announced, expires_at)
  WHERE status = 'active' AND expires_at IS NOT NULL;

-- What is kept for a time is found by it, of all licences.
CREATE INDEX consumptions_by_age ON consumptions (at);
CREATE INDEX seat_releases_by_age ON seat_releases (at);
CREATE INDEX license_keys_retired ON license_keys (retires_at) WHERE retires_at IS NOT NULL;
