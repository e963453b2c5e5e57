-- Where children are taught beyond a setting's name: what kind of place, on what terms, at whose cost; and why somebody keeps an eye on them.

-- By code: most authorities in whose area a setting can lie are not kept here.
ALTER TABLE setting DROP COLUMN authority, ADD COLUMN authority_code text;
COMMENT ON TABLE setting IS 'A school, college or nursery by its public identifier.';
COMMENT ON COLUMN setting.authority_code IS 'The Department''s code of the authority in whose area it lies.';

ALTER TABLE placement_view
    ALTER COLUMN setting DROP NOT NULL,
    ADD COLUMN kind text NOT NULL DEFAULT 'setting',
    ADD COLUMN registration text NOT NULL DEFAULT 'only',
    ADD COLUMN planned_end date,
    ADD COLUMN terms text NOT NULL DEFAULT '[]',
    ADD COLUMN reintegrated_on date,
    ADD COLUMN impact uuid;
CREATE INDEX placement_view_planned_end ON placement_view (authority, planned_end) WHERE known_to IS NULL AND planned_end IS NOT NULL;
CREATE INDEX placement_view_alternative ON placement_view (authority, from_on) WHERE known_to IS NULL AND kind = 'alternative_provision';
COMMENT ON TABLE placement_view IS 'Each place where a child is really taught, as against the one a plan names, with the first and the last day there.';
COMMENT ON COLUMN placement_view.terms IS 'The terms of the place, each with the day it holds from.';
COMMENT ON COLUMN placement_view.impact IS 'The detail that says what alternative provision did for the child.';
CREATE INDEX plan_view_child ON plan_view (authority, child) WHERE known_to IS NULL;

CREATE TABLE oversight_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    reason text NOT NULL,
    about uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    from_on date NOT NULL,
    last_on date,
    setting text,
    CONSTRAINT oversight_view_pkey PRIMARY KEY (authority, child, reason, about, from_on, known_from)
);
COMMENT ON TABLE oversight_view IS 'Why the authority keeps an eye on a child, apart from the kind of setting they are at, from when to when.';

CREATE TABLE commitment_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    about uuid NOT NULL,
    agency text NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    budget text NOT NULL,
    from_on date NOT NULL,
    last_on date,
    yearly_cost integer NOT NULL,
    percent smallint NOT NULL,
    CONSTRAINT commitment_view_pkey PRIMARY KEY (authority, about, agency, from_on, known_from)
);
COMMENT ON TABLE commitment_view IS 'The part that an agency bears of a yearly cost, in whole pounds, for a placement, transport or direct payments.';

DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['oversight_view', 'commitment_view'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', view);
        -- For staff alone: neither a school nor a family is told.
        EXECUTE format('CREATE POLICY %I ON %I USING (authority = ctx_authority() AND ctx_reach() = ''authority'') WITH CHECK (authority = ctx_authority() AND ctx_reach() = ''authority'')', view || '_of_staff', view);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ehc_app', view);
    END LOOP;
END $$;

CREATE TABLE setting_capacity (
    authority integer NOT NULL REFERENCES authority,
    setting text NOT NULL REFERENCES setting,
    year integer NOT NULL,
    kind text NOT NULL,
    need text NOT NULL,
    places integer NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT setting_capacity_pkey PRIMARY KEY (authority, setting, year, kind, need),
    CONSTRAINT setting_capacity_places CHECK (places >= 0)
);
COMMENT ON TABLE setting_capacity IS 'How many places of a designation a setting has for an authority''s children in a school year. No child is named here.';
COMMENT ON COLUMN setting_capacity.year IS 'The calendar year in which the school year begins.';
COMMENT ON COLUMN setting_capacity.need IS 'The need the places are designated for; empty: for none in particular.';
ALTER TABLE setting_capacity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY setting_capacity_of_authority ON setting_capacity
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, DELETE ON setting_capacity TO ehc_app;
