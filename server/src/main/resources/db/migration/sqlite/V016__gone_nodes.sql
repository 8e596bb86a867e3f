-- Finds what nodes that are gone have counted, which is added up in rows of node 0, and of these the
-- months that are long over.
CREATE INDEX account_usage_by_node ON account_usage (node_no, month);
