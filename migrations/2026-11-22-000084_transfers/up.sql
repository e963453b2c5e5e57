-- Changes of phase that were settled, the year groups that were set for children, and the ages that settings teach.

CREATE TABLE transfer_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    transfer uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    plan uuid NOT NULL,
    transfer_kind text,
    transfer_on date NOT NULL,
    from_setting text,
    confirmed_on date,
    not_due text,
    reviewed_on date,
    consulted integer NOT NULL,
    answered integer NOT NULL,
    named_on date,
    names text,
    to_setting text,
    CONSTRAINT transfer_view_pkey PRIMARY KEY (authority, transfer, known_from)
);
CREATE INDEX transfer_view_plan ON transfer_view (authority, plan) WHERE known_to IS NULL;
COMMENT ON TABLE transfer_view IS 'Each change of the phase of education that an officer confirmed or found not to be due, and how far it has come.';
ALTER TABLE transfer_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY transfer_view_read ON transfer_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY transfer_view_write ON transfer_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON transfer_view TO ehc_app;

ALTER TABLE child_view ADD COLUMN year_groups text, ADD COLUMN died boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN child_view.year_groups IS 'By how many year groups the child is ahead of others of their age, from which school years on; as JSON.';

ALTER TABLE setting ADD COLUMN highest_age smallint;
COMMENT ON COLUMN setting.highest_age IS 'The highest age it teaches, as the national register has it.';
