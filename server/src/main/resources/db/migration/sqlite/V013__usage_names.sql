-- The names behind the numbers, now by account, whose reports then read its own alone.
CREATE TABLE account_usage_names (
  account_no INTEGER NOT NULL,
  license_no INTEGER NOT NULL,
  kind       INTEGER NOT NULL,           -- 0 domain, 1 device
  hash       INTEGER NOT NULL,
  value      TEXT NOT NULL,
  month      INTEGER NOT NULL,           -- in which it was last seen, such as 202611
  PRIMARY KEY (account_no, license_no, kind, hash)
) STRICT, WITHOUT ROWID;

INSERT INTO account_usage_names
SELECT l.account_no, n.license_no, n.kind, n.hash, n.value, n.month
FROM usage_names n JOIN licenses l ON l.no = n.license_no
ORDER BY 1, 2, 3, 4;
DROP TABLE usage_names;
ALTER TABLE account_usage_names RENAME TO usage_names;

CREATE INDEX usage_names_by_month ON usage_names (month);
