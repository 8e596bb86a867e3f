-- The names behind the numbers, now by account, whose reports then read its own alone.
CREATE TABLE account_usage_names (
  account_no BIGINT NOT NULL,
  license_no BIGINT NOT NULL,
  kind       SMALLINT NOT NULL,          -- 0 domain, 1 device
  hash       BIGINT NOT NULL,
  value      TEXT COLLATE "C" NOT NULL,
  month      INTEGER NOT NULL,           -- in which it was last seen, such as 202611
  PRIMARY KEY (account_no, license_no, kind, hash)
) WITH (fillfactor = 70);

INSERT INTO account_usage_names
SELECT l.account_no, n.license_no, n.kind, n.hash, n.value, n.month
FROM usage_names n JOIN licenses l ON l.no = n.license_no;
DROP TABLE usage_names;
ALTER TABLE account_usage_names RENAME TO usage_names;
ALTER INDEX account_usage_names_pkey RENAME TO usage_names_pkey;

CREATE INDEX usage_names_by_month ON usage_names (month);
