-- Answers that are given again to a repeated request, and the record of who changed what.

-- An answer is written in the transaction of what it tells of. Kept for a day.
CREATE TABLE idempotent_answers (
  account_no  INTEGER NOT NULL,          -- 0: the request came without an API key
  id          BLOB NOT NULL,             -- SHA-256 of the caller, the call and its Idempotency-Key
  fingerprint BLOB NOT NULL,             -- SHA-256 of the request
  status      INTEGER NOT NULL,
  content_type TEXT,                     -- null: there is no body
  headers     TEXT NOT NULL,             -- JSON, an object of strings
  sealed      BLOB NOT NULL,             -- AES-256-GCM of the body, which may hold keys
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (account_no, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (expires_at);

-- Appended, never changed. No foreign keys: it outlives what it tells of.
CREATE TABLE audit_log (
  account_no INTEGER NOT NULL,
  seq        INTEGER NOT NULL,           -- 1, 2, 3, ... within the account, without gaps
  id         TEXT NOT NULL,
  at         INTEGER NOT NULL,
  live       INTEGER,                    -- null: what live and test mode share
  actor      TEXT NOT NULL,
  address    TEXT,
  request_id TEXT,
  action     TEXT NOT NULL,
  target     TEXT NOT NULL,
  reason     TEXT,
  before     TEXT,                       -- JSON, secrets masked; null: there was nothing
  after      TEXT,                       -- JSON, secrets masked; null: there is nothing any more
  tag        BLOB NOT NULL,              -- HMAC-SHA256 of the tag before and of all of the above
  PRIMARY KEY (account_no, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX audit_log_by_id ON audit_log (account_no, id);
CREATE INDEX audit_log_by_target ON audit_log (account_no, target, seq);
CREATE INDEX audit_log_by_time ON audit_log (account_no, at);

-- The last row of each account. Whoever appends holds its row, so that appends follow one another.
CREATE TABLE audit_heads (
  account_no INTEGER PRIMARY KEY,
  seq        INTEGER NOT NULL,
  tag        BLOB NOT NULL
) STRICT;
