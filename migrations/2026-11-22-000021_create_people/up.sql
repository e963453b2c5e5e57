-- Somebody with whom a child lives can hide the address: lists then leave it out for everybody but staff.
ALTER TABLE child_view ADD COLUMN address_hidden boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN child_view.address_hidden IS 'Where the child lives is for staff alone.';

-- After an adoption what was known of the child before is put away, where the application can read none of it.
CREATE TABLE sealed_detail (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    content text NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT sealed_detail_pkey PRIMARY KEY (authority, id),
    CONSTRAINT sealed_detail_child_fk FOREIGN KEY (authority, child) REFERENCES child
);
COMMENT ON TABLE sealed_detail IS 'Details from before a child''s adoption, with the keys of their citations. Read by the database''s owner alone, on a court''s order.';
ALTER TABLE sealed_detail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sealed_detail_write ON sealed_detail FOR INSERT
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
CREATE POLICY sealed_detail_read ON sealed_detail FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY detail_empty ON detail FOR UPDATE
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority' AND content IS NULL AND key IS NULL);

-- The one way there: for a child whose adoption stands in the journal, all but what that entry itself says. The application may
-- neither write the one table nor change the other.
CREATE FUNCTION seal_details(sealed_child uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    sealed_from uuid;
BEGIN
    SELECT j.detail INTO STRICT sealed_from FROM journal j
        WHERE j.authority = ctx_authority() AND j.child = sealed_child AND j.kind = 'identity_sealed'
        ORDER BY j.position DESC LIMIT 1;
    INSERT INTO sealed_detail (authority, id, child, content, key)
        SELECT d.authority, d.id, d.child, d.content, d.key FROM detail d
        WHERE d.authority = ctx_authority() AND d.child = sealed_child AND d.id <> sealed_from AND d.content IS NOT NULL;
    UPDATE detail d SET content = NULL, key = NULL
        WHERE d.authority = ctx_authority() AND d.child = sealed_child AND d.id <> sealed_from AND d.content IS NOT NULL;
END $$;
REVOKE EXECUTE ON FUNCTION seal_details(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_details(uuid) TO ehc_app;
