-- The directory: authorities, their staff and teams, and settings. Ordinary tables; no child is named here.
-- Authority ids are ours; the Department's codes are dated attributes, because councils merge.

CREATE TABLE authority (
    id integer PRIMARY KEY,
    name text NOT NULL
);
COMMENT ON TABLE authority IS 'A local authority that keeps a journal here.';

CREATE TABLE authority_code (
    authority integer NOT NULL REFERENCES authority,
    code text NOT NULL CONSTRAINT authority_code_digits CHECK (code ~ '^[0-9]{3}$'),
    from_on date NOT NULL,
    to_on date,
    PRIMARY KEY (code, from_on)
);
COMMENT ON TABLE authority_code IS 'The Department''s three-digit codes of an authority, and when each held.';

CREATE TABLE team (
    authority integer NOT NULL REFERENCES authority,
    id uuid PRIMARY KEY,
    name text NOT NULL
);
COMMENT ON TABLE team IS 'A team of an authority''s staff.';

CREATE TABLE staff (
    authority integer NOT NULL REFERENCES authority,
    id uuid PRIMARY KEY,
    name text NOT NULL,
    role text NOT NULL,
    team uuid REFERENCES team,
    subject text,
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT staff_subject_unique UNIQUE (authority, subject)
);
COMMENT ON TABLE staff IS 'A member of an authority''s staff; subject is the person as their token names them.';

CREATE TABLE setting (
    id text PRIMARY KEY,
    name text NOT NULL,
    setting_type text NOT NULL,
    phase text NOT NULL,
    authority integer REFERENCES authority
);
COMMENT ON TABLE setting IS 'A school, college or nursery by its public identifier; authority is the area it stands in.';

-- The caller's context, set for each transaction. No context, no rows.
CREATE FUNCTION ctx_authority() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('ehc.authority', true), '')::integer;
CREATE FUNCTION ctx_reach() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('ehc.reach', true), '');
CREATE FUNCTION ctx_grantees() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('ehc.grantees', true), '')::text[];
CREATE FUNCTION ctx_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('ehc.today', true), '')::date;

ALTER TABLE team ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY team_of_authority ON team USING (authority = ctx_authority());
ALTER TABLE staff ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_of_authority ON staff USING (authority = ctx_authority());

GRANT SELECT, INSERT ON authority, authority_code TO ehc_app;
GRANT SELECT, INSERT, UPDATE ON team, staff, setting TO ehc_app;
