-- Worklists: whom each duty waits for, from when it is at risk and why, and who stands in for whom.
-- As before, the views hold days and never states: a duty is at risk on a day, not in the table.

ALTER TABLE duty_view
    ADD COLUMN awaits text,
    ADD COLUMN question text,
    ADD COLUMN at_risk_from date,
    ADD COLUMN outlook text;
COMMENT ON COLUMN duty_view.awaits IS 'Whom it waits for while it is open; none: it is nobody''s work, or done.';
COMMENT ON COLUMN duty_view.question IS 'What a panel can be asked about it, until it is decided.';
COMMENT ON COLUMN duty_view.at_risk_from IS 'The first day on which it is at risk of being missed, as its own child''s file shows.';
COMMENT ON COLUMN duty_view.outlook IS 'More of whom it waits for, the step that moves it on, and each risk with its day, as JSON.';
CREATE INDEX duty_view_worklist ON duty_view (authority, due_on, case_id, rule, about, starts_on)
    WHERE known_to IS NULL AND awaits IS NOT NULL;
CREATE INDEX case_view_case_worker ON case_view (authority, case_worker) WHERE known_to IS NULL;

CREATE TABLE cover (
    authority integer NOT NULL REFERENCES authority,
    id uuid PRIMARY KEY,
    lent uuid NOT NULL REFERENCES staff,
    covering uuid NOT NULL REFERENCES staff,
    from_on date NOT NULL,
    to_on date NOT NULL,
    ended_on date,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT cover_days CHECK (from_on <= to_on),
    CONSTRAINT cover_by_another CHECK (lent <> covering)
);
COMMENT ON TABLE cover IS 'Whose worklist is lent to whom, from the first to the last day; why somebody is away is not kept.';
COMMENT ON COLUMN cover.ended_on IS 'The last day, where it was ended before the one agreed on.';
CREATE INDEX cover_covering ON cover (authority, covering, from_on);
ALTER TABLE cover ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY cover_of_authority ON cover USING (authority = ctx_authority());
GRANT SELECT, INSERT, UPDATE ON cover TO ehc_app;
