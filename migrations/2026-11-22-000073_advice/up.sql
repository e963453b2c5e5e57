-- Each request for advice: the queue of a service, its ages and counts.
CREATE TABLE advice_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    advice uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    giver text NOT NULL,
    specialism text,
    organisation text,
    organisations text[] NOT NULL,
    asked uuid,
    requested_on date,
    received_on date,
    due_on date,
    excused boolean NOT NULL,
    answer text,
    answered_on date,
    sent_back_on date,
    awaited boolean NOT NULL,
    allocated boolean NOT NULL,
    allocated_on date,
    writer uuid,
    writers_organisation text,
    visit_on date,
    visited_on date,
    signed_off_on date,
    chased integer NOT NULL,
    last_chased_on date,
    last_chased_by text,
    late_reason text,
    expected_on date,
    law_version text NOT NULL,
    CONSTRAINT advice_view_pkey PRIMARY KEY (authority, advice, known_from)
);
CREATE INDEX advice_view_queue ON advice_view (authority, coalesce(due_on, 'infinity'), advice)
    WHERE known_to IS NULL AND awaited;
CREATE INDEX advice_view_asked ON advice_view (authority, requested_on) WHERE known_to IS NULL;
COMMENT ON TABLE advice_view IS 'Each request for advice: whom it was asked of, until when, who has it, what came of it.';
COMMENT ON COLUMN advice_view.organisations IS 'Whose request it is: the organisation that was asked, and those whose people were named to write it.';
COMMENT ON COLUMN advice_view.asked IS 'The detail row that says what was asked.';
COMMENT ON COLUMN advice_view.awaited IS 'No answer to it stands, or it was sent back, and the case is open.';
COMMENT ON COLUMN advice_view.writer IS 'The detail row that names who writes it.';
ALTER TABLE advice_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- What an organisation was asked stays its own to count when the child is no longer granted to it; the row names nobody.
CREATE POLICY advice_view_read ON advice_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR organisations && ctx_grantees()));
CREATE POLICY advice_view_write ON advice_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON advice_view TO ehc_app;

-- Each referral of a child to a service, and how long they waited.
CREATE TABLE referral_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    referral uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    service text NOT NULL,
    organisation text,
    detail uuid,
    case_id uuid,
    referred_on date,
    waits_to_be_seen boolean NOT NULL,
    seen_on date,
    waits_for_treatment boolean NOT NULL,
    treated_on date,
    ended_on date,
    end_reason text,
    CONSTRAINT referral_view_pkey PRIMARY KEY (authority, referral, known_from)
);
CREATE INDEX referral_view_child ON referral_view (authority, child);
COMMENT ON TABLE referral_view IS 'Each referral of a child to a service.';
ALTER TABLE referral_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY referral_view_read ON referral_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR (ctx_sees(child) AND organisation = ANY (ctx_grantees()))));
CREATE POLICY referral_view_write ON referral_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON referral_view TO ehc_app;

-- How many requests a service can take on in a week. No child is named here.
CREATE TABLE advice_capacity (
    authority integer NOT NULL REFERENCES authority,
    service text NOT NULL,
    organisation text NOT NULL,
    week_starting date NOT NULL,
    places integer NOT NULL,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT advice_capacity_pkey PRIMARY KEY (authority, service, organisation, week_starting),
    CONSTRAINT advice_capacity_week_starts_on_monday CHECK (extract(isodow FROM week_starting) = 1),
    CONSTRAINT advice_capacity_places CHECK (places >= 0)
);
COMMENT ON TABLE advice_capacity IS 'How many requests for advice a service can take on in the week that starts on a Monday.';
ALTER TABLE advice_capacity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY advice_capacity_of_service ON advice_capacity
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR organisation = ANY (ctx_grantees())))
    WITH CHECK (authority = ctx_authority() AND (ctx_reach() = 'authority' OR organisation = ANY (ctx_grantees())));
GRANT SELECT, INSERT, UPDATE ON advice_capacity TO ehc_app;
