-- Views: what the facts add up to, kept in step by the transaction that records each fact. A row holds from one position of
-- the journal to another, so one statement answers both now (known_to IS NULL) and as of any position.
-- They hold due dates, never states such as overdue.

CREATE TABLE child_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    identity uuid,
    CONSTRAINT child_view_pkey PRIMARY KEY (authority, child, known_from)
);
COMMENT ON TABLE child_view IS 'Each child, and the detail row that holds their identity.';

CREATE TABLE case_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    reference text NOT NULL,
    stage text NOT NULL,
    requested_by text NOT NULL,
    received_on date,
    setting text,
    case_worker uuid,
    possible_duplicate boolean NOT NULL,
    assessment_outcome text,
    assessment_decided_on date,
    assessment_notified_on date,
    plan_outcome text,
    plan_decided_on date,
    plan_notified_on date,
    draft_served_on date,
    plan uuid,
    final_plan_sent_on date,
    withdrawn_on date,
    withdrawn boolean NOT NULL,
    request_mediation boolean NOT NULL,
    request_tribunal boolean NOT NULL,
    assessment_mediation boolean NOT NULL,
    assessment_tribunal boolean NOT NULL,
    excepted boolean NOT NULL,
    concerns integer NOT NULL,
    next_due_rule text,
    next_due_on date,
    law_version text NOT NULL,
    CONSTRAINT case_view_pkey PRIMARY KEY (authority, case_id, known_from)
);
CREATE INDEX case_view_worklist ON case_view (authority, coalesce(next_due_on, 'infinity'), case_id) WHERE known_to IS NULL;
CREATE INDEX case_view_child ON case_view (authority, child);
CREATE INDEX case_view_issued ON case_view (authority, final_plan_sent_on) WHERE final_plan_sent_on IS NOT NULL;
CREATE INDEX case_view_received ON case_view (authority, received_on);
CREATE INDEX case_view_assessment ON case_view (authority, assessment_notified_on) WHERE assessment_notified_on IS NOT NULL;
CREATE INDEX case_view_plan ON case_view (authority, plan);
COMMENT ON TABLE case_view IS 'Each case as its facts add up.';
COMMENT ON COLUMN case_view.excepted IS 'An exception to the 20 weeks is claimed (reg. 13(3)).';

CREATE TABLE duty_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    rule text NOT NULL,
    about text NOT NULL,
    starts_on date NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    due_on date NOT NULL,
    met_on date,
    fell_away boolean NOT NULL,
    changes_on date NOT NULL,
    state_until text NOT NULL,
    state_from text NOT NULL,
    deadline text NOT NULL,
    law_version text NOT NULL,
    CONSTRAINT duty_view_pkey PRIMARY KEY (authority, case_id, rule, about, starts_on, known_from)
);
CREATE INDEX duty_view_due ON duty_view (authority, due_on) WHERE known_to IS NULL AND met_on IS NULL AND NOT fell_away;
COMMENT ON TABLE duty_view IS 'Each duty the law puts on somebody in a case, and the steps that led to its date.';
COMMENT ON COLUMN duty_view.changes_on IS 'The day from which it stands as state_from says; until then as state_until says.';

CREATE TABLE plan_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    plan uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    case_id uuid NOT NULL,
    made_on date,
    names text NOT NULL,
    setting text,
    last_review_on date,
    CONSTRAINT plan_view_pkey PRIMARY KEY (authority, plan, known_from)
);
COMMENT ON TABLE plan_view IS 'Each plan, what its section I names, and when its last review was concluded.';

CREATE TABLE meeting_view (
    authority integer NOT NULL,
    meeting uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    panel text NOT NULL,
    meets_on date,
    members text[] NOT NULL,
    CONSTRAINT meeting_view_pkey PRIMARY KEY (authority, meeting, known_from)
);
CREATE INDEX meeting_view_day ON meeting_view (authority, meets_on, meeting) WHERE known_to IS NULL;
COMMENT ON TABLE meeting_view IS 'Each meeting of a panel.';

CREATE TABLE item_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    item uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    meeting uuid NOT NULL,
    case_id uuid NOT NULL,
    recommendation text,
    recommended_on date,
    detail uuid,
    CONSTRAINT item_view_pkey PRIMARY KEY (authority, item, known_from)
);
CREATE INDEX item_view_meeting ON item_view (authority, meeting);
COMMENT ON TABLE item_view IS 'Each item of a panel''s agenda and what the panel recommended.';

DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['child_view', 'case_view', 'duty_view', 'plan_view', 'item_view'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', view);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING (authority = ctx_authority() AND (ctx_reach() = ''authority'' OR ctx_sees(child)))', view || '_read', view);
        EXECUTE format('CREATE POLICY %I ON %I FOR ALL USING (authority = ctx_authority() AND ctx_reach() = ''authority'') WITH CHECK (authority = ctx_authority() AND ctx_reach() = ''authority'')', view || '_write', view);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ehc_app', view);
    END LOOP;
END $$;
ALTER TABLE meeting_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY meeting_view_read ON meeting_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR members && ctx_grantees()));
CREATE POLICY meeting_view_write ON meeting_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON meeting_view TO ehc_app;
GRANT DELETE ON visible TO ehc_app;
-- What a meeting is, apart from its items, is nobody's child: its members read it, and of its items those they were granted.
CREATE POLICY journal_read_as_member ON journal FOR SELECT
    USING (authority = ctx_authority() AND stream_kind = 'meeting' AND child IS NULL AND EXISTS (
        SELECT FROM meeting_view m WHERE m.authority = journal.authority AND m.meeting = journal.stream AND m.known_to IS NULL
          AND m.members && ctx_grantees()));
