-- How many erasures went through the journal while a node had not ended: what its fold read before one
-- it reads anew.
ALTER TABLE usage_nodes ADD COLUMN erasures INTEGER NOT NULL DEFAULT 0;
