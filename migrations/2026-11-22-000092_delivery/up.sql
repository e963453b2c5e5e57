-- Which provision of a plan is due, and when it was not delivered.

CREATE TABLE provision_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    provision uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    plan uuid NOT NULL,
    kind text NOT NULL,
    provider text,
    from_on date NOT NULL,
    last_on date,
    CONSTRAINT provision_view_pkey PRIMARY KEY (authority, provision, known_from)
);
COMMENT ON TABLE provision_view IS 'Each piece of provision that was arranged under a plan, with the first and the last day on which it is due.';

CREATE TABLE shortfall_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    shortfall uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    plan uuid NOT NULL,
    provision uuid NOT NULL,
    kind text NOT NULL,
    provider text,
    from_on date NOT NULL,
    to_on date,
    why text NOT NULL,
    partly boolean NOT NULL,
    remedy text,
    CONSTRAINT shortfall_view_pkey PRIMARY KEY (authority, shortfall, known_from)
);
CREATE INDEX shortfall_view_list ON shortfall_view (authority, from_on, shortfall) WHERE known_to IS NULL;
COMMENT ON TABLE shortfall_view IS 'Each time in which a piece of provision was not delivered, or not in full.';

DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['provision_view', 'shortfall_view'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', view);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING (authority = ctx_authority() AND (ctx_reach() = ''authority'' OR ctx_sees(child)))', view || '_read', view);
        EXECUTE format('CREATE POLICY %I ON %I FOR ALL USING (authority = ctx_authority() AND ctx_reach() = ''authority'') WITH CHECK (authority = ctx_authority() AND ctx_reach() = ''authority'')', view || '_write', view);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ehc_app', view);
    END LOOP;
END $$;
