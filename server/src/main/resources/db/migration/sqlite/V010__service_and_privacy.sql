-- How well the server serves, the form in which accounts keep addresses, and persons who are being
-- erased.

-- An hour of a node, written each minute.
CREATE TABLE sla_hours (
  hour      INTEGER NOT NULL,            -- at / 3,600,000
  node_no   INTEGER NOT NULL,
  passed    BLOB NOT NULL,               -- a bit for each ten seconds in which the node found itself well
  failed    INTEGER NOT NULL,            -- checks that it did not pass
  errors    INTEGER NOT NULL,            -- validations without an answer
  latencies BLOB NOT NULL,               -- of those with one, in buckets: see SqlSlaStore.java
  PRIMARY KEY (hour, node_no)
) STRICT, WITHOUT ROWID;

ALTER TABLE accounts ADD COLUMN address_form TEXT NOT NULL DEFAULT 'truncated';

-- A row goes when nothing of the person is left.
CREATE TABLE erasures (
  no           INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  account_no   INTEGER NOT NULL REFERENCES accounts,
  live         INTEGER NOT NULL,
  email        TEXT NOT NULL,            -- in lower case
  pseudonym    TEXT NOT NULL,            -- what stands in its place
  mode         TEXT NOT NULL,            -- 'erase', 'pseudonymize'
  phase        TEXT NOT NULL,            -- what is being looked through
  position     TEXT NOT NULL,            -- how far
  requested_at INTEGER NOT NULL,
  UNIQUE (account_no, live, email)
) STRICT;
