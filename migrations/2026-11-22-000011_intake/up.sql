-- Intake: finding children who may be the same although a letter writes their names otherwise, and requests a school has begun.

-- Case, accents, spaces and punctuation make no difference. A coarse look: the record's own rule then decides.
CREATE FUNCTION plain_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(lower(normalize(name, NFD)), '[^a-z]', '', 'g');
CREATE INDEX detail_uln ON detail (authority, (content::jsonb #>> '{identity,uln}'))
    WHERE content::jsonb #>> '{identity,uln}' IS NOT NULL;
CREATE INDEX detail_family_name ON detail (authority, plain_name(content::jsonb #>> '{identity,familyName}'))
    WHERE content::jsonb #>> '{identity,familyName}' IS NOT NULL;

CREATE TABLE request_form (
    authority integer NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    organisation text NOT NULL,
    version integer NOT NULL CONSTRAINT request_form_version_positive CHECK (version > 0),
    content text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT request_form_pkey PRIMARY KEY (authority, id)
);
CREATE INDEX request_form_organisation ON request_form (authority, organisation, id);
COMMENT ON TABLE request_form IS 'A request that a setting has begun and not yet sent. It is the setting''s, not the authority''s and not the person''s who began it.';
ALTER TABLE request_form ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY request_form_of_organisation ON request_form
    USING (authority = ctx_authority() AND organisation = ANY (ctx_grantees()))
    WITH CHECK (authority = ctx_authority() AND organisation = ANY (ctx_grantees()));
GRANT SELECT, INSERT, UPDATE, DELETE ON request_form TO ehc_app;

COMMENT ON COLUMN case_view.withdrawn_on IS 'The day the last request was withdrawn, or the authority''s responsibility ended: the return counts both as W.';
