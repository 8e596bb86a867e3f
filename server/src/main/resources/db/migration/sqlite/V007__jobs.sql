-- Work that recurs and happens once for all nodes, and what was announced of a licence's end.

-- Whoever changes a row raises its version, and changes it only at the version that it has seen.
CREATE TABLE jobs (
  name        TEXT PRIMARY KEY,
  version     INTEGER NOT NULL,
  holder      INTEGER,                   -- the node that runs it; null: none does
  next_run_at INTEGER NOT NULL,
  started_at  INTEGER,                   -- the last run; null: there was none
  finished_at INTEGER,
  took        INTEGER NOT NULL,          -- milliseconds
  items       INTEGER NOT NULL,
  failures    INTEGER NOT NULL,          -- since the last run that did not fail
  error       TEXT,                      -- the last one, also when later runs did not fail
  error_at    INTEGER
) STRICT, WITHOUT ROWID;

-- How many days before the end was announced last; 0: the end itself. 2147483647: nothing yet.
ALTER TABLE licenses ADD COLUMN announced INTEGER NOT NULL DEFAULT 2147483647;
CREATE INDEX licenses_to_announce ON licenses (announced, expires_at)
  WHERE status = 'active' AND expires_at IS NOT NULL;

-- What is kept for a time is found by it, of all licences.
CREATE INDEX consumptions_by_age ON consumptions (at);
CREATE INDEX seat_releases_by_age ON seat_releases (at);
CREATE INDEX license_keys_retired ON license_keys (retires_at) WHERE retires_at IS NOT NULL;
