-- Of which licences a batch of events may be, as a filter of 64 bits (see LicenseBits.java): who looks for one
-- licence reads few of the others' batches. All bits stand for a batch of which it is not known.
ALTER TABLE usage_batches ADD COLUMN licenses BIGINT NOT NULL DEFAULT -1;
