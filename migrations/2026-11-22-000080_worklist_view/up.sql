-- What a worklist shows of an open duty changes far more often than the duty: apart, the duty's explanation is written once.

DROP INDEX duty_view_worklist;
ALTER TABLE duty_view DROP COLUMN awaits, DROP COLUMN question, DROP COLUMN at_risk_from, DROP COLUMN outlook;

CREATE TABLE worklist_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    rule text NOT NULL,
    about text NOT NULL,
    starts_on date NOT NULL,
    due_on date NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    changes_on date NOT NULL,
    state_until text NOT NULL,
    state_from text NOT NULL,
    awaits text NOT NULL,
    question text,
    at_risk_from date,
    outlook text NOT NULL,
    law_version text NOT NULL,
    CONSTRAINT worklist_view_pkey PRIMARY KEY (authority, case_id, rule, about, starts_on, due_on, known_from)
);
CREATE INDEX worklist_view_due ON worklist_view (authority, due_on, case_id, rule, about, starts_on) WHERE known_to IS NULL;
COMMENT ON TABLE worklist_view IS 'Each duty that is somebody''s open work: whom it waits for, what moves it on, and from when it is at risk.';
COMMENT ON COLUMN worklist_view.question IS 'What a panel can be asked about it, until it is decided.';
COMMENT ON COLUMN worklist_view.at_risk_from IS 'The first day on which it is at risk of being missed, as its own child''s file shows.';
COMMENT ON COLUMN worklist_view.outlook IS 'More of whom it waits for, the step that moves it on, and each risk with its day, as JSON.';
ALTER TABLE worklist_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY worklist_view_read ON worklist_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY worklist_view_write ON worklist_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON worklist_view TO ehc_app;
