-- Files that people send in: the journal says what each is, the storage holds its content, and this says that it is there.

CREATE TABLE stored_file (
    authority integer NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    child uuid,
    began_at timestamptz NOT NULL,
    dropped boolean NOT NULL DEFAULT false,
    verdict text CONSTRAINT stored_file_verdict CHECK (verdict IN ('clean', 'infected')),
    CONSTRAINT stored_file_pkey PRIMARY KEY (authority, id),
    CONSTRAINT stored_file_child_fk FOREIGN KEY (authority, child) REFERENCES child,
    CONSTRAINT stored_file_judged_once_kept CHECK (verdict IS NULL OR child IS NOT NULL),
    CONSTRAINT stored_file_kept_or_dropped CHECK (child IS NULL OR NOT dropped)
);
CREATE INDEX stored_file_arriving ON stored_file (authority, began_at) WHERE child IS NULL;
CREATE INDEX stored_file_waiting ON stored_file (authority, began_at) WHERE child IS NOT NULL AND verdict IS NULL;
COMMENT ON TABLE stored_file IS 'A file in the storage, under its id. Written before the first byte is, so that what was never filed is found and removed.';
COMMENT ON COLUMN stored_file.child IS 'Whose it is; none until an entry of their file cites it.';
COMMENT ON COLUMN stored_file.dropped IS 'It is being removed: nothing cites it any more from here on.';
COMMENT ON COLUMN stored_file.verdict IS 'What a scan found; none: not scanned yet.';

ALTER TABLE stored_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY stored_file_read ON stored_file FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR (ctx_reach() = 'granted' AND child IS NULL) OR ctx_sees(child)));
CREATE POLICY stored_file_arrive ON stored_file FOR INSERT
    WITH CHECK (authority = ctx_authority() AND ctx_reach() IS NOT NULL AND child IS NULL);
CREATE POLICY stored_file_keep ON stored_file FOR UPDATE
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
CREATE POLICY stored_file_drop ON stored_file FOR UPDATE
    USING (authority = ctx_authority() AND ctx_reach() IS NOT NULL AND child IS NULL)
    WITH CHECK (authority = ctx_authority() AND ctx_reach() IS NOT NULL AND child IS NULL);
CREATE POLICY stored_file_sweep ON stored_file FOR DELETE
    USING (authority = ctx_authority() AND ctx_reach() IS NOT NULL AND child IS NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON stored_file TO ehc_app;
