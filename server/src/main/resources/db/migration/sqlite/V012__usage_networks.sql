-- From which networks a licence was found valid on a day: the number of the autonomous system, or one below
-- 0 that stands for the beginning of the address.
CREATE TABLE usage_networks (
  day        INTEGER NOT NULL,
  account_no INTEGER NOT NULL,
  live       INTEGER NOT NULL,
  license_no INTEGER NOT NULL,
  network    INTEGER NOT NULL,
  PRIMARY KEY (day, account_no, live, license_no, network)
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_networks_by_license ON usage_networks (license_no);
