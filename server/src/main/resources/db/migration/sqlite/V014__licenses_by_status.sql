-- Lists of suspended and of revoked licences, of which there are few among many that are active.
CREATE INDEX licenses_by_status ON licenses (account_no, live, status, id)
  WHERE status = 'suspended' OR status = 'revoked';
