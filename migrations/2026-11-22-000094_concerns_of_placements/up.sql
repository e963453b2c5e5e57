-- A concern can be about a placement, also of a child without a case. The rows are made again at the next start.

TRUNCATE concern_view;
DROP INDEX concern_view_now;
ALTER TABLE concern_view DROP CONSTRAINT concern_view_pkey;
ALTER TABLE concern_view ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE concern_view ADD COLUMN about uuid NOT NULL;
ALTER TABLE concern_view ADD CONSTRAINT concern_view_pkey PRIMARY KEY (authority, about, concern, known_from);
CREATE INDEX concern_view_now ON concern_view (authority, concern, about) WHERE known_to IS NULL;
COMMENT ON TABLE concern_view IS 'Each concern of each case and of each placement, and the entry in which its recorder acknowledged it.';
COMMENT ON COLUMN concern_view.about IS 'The case or the placement.';
COMMENT ON COLUMN concern_view.case_id IS 'The case; for a placement the last of the child, if there is one.';
