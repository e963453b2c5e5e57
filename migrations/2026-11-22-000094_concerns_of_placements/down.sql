TRUNCATE concern_view;
DROP INDEX concern_view_now;
ALTER TABLE concern_view DROP CONSTRAINT concern_view_pkey;
ALTER TABLE concern_view DROP COLUMN about;
ALTER TABLE concern_view ALTER COLUMN case_id SET NOT NULL;
ALTER TABLE concern_view ADD CONSTRAINT concern_view_pkey PRIMARY KEY (authority, case_id, concern, known_from);
CREATE INDEX concern_view_now ON concern_view (authority, concern, case_id) WHERE known_to IS NULL;
COMMENT ON TABLE concern_view IS 'Each concern of each case, and the entry in which its recorder acknowledged it.';
COMMENT ON COLUMN concern_view.case_id IS NULL;
