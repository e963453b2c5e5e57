-- Each concern of each case: what was recorded although the law says otherwise.
CREATE TABLE concern_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    concern text NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    words text NOT NULL,
    citation text NOT NULL,
    acknowledged_in uuid,
    CONSTRAINT concern_view_pkey PRIMARY KEY (authority, case_id, concern, known_from)
);
CREATE INDEX concern_view_now ON concern_view (authority, concern, case_id) WHERE known_to IS NULL;
COMMENT ON TABLE concern_view IS 'Each concern of each case, and the entry in which its recorder acknowledged it.';
COMMENT ON COLUMN concern_view.citation IS 'The provision, as the JSON the API answers.';
ALTER TABLE concern_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- For staff alone, whatever else of the child is granted.
CREATE POLICY concern_view_of_staff ON concern_view
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON concern_view TO ehc_app;

-- What the views hold changes with the program; where this is behind, they are made again at the next start.
ALTER TABLE journal_head ADD COLUMN views_version integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN journal_head.views_version IS 'The version of the program''s views that the rows were made with.';
