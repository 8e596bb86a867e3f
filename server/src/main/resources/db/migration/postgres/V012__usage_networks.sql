-- From which networks a licence was found valid on a day: the number of the autonomous system, or one below
-- 0 that stands for the beginning of the address.
CREATE TABLE usage_networks (
  day        BIGINT NOT NULL,
  account_no BIGINT NOT NULL,
  live       SMALLINT NOT NULL,
  license_no BIGINT NOT NULL,
  network    BIGINT NOT NULL,
  PRIMARY KEY (day, account_no, live, license_no, network)
);

CREATE INDEX usage_networks_by_license ON usage_networks (license_no);
