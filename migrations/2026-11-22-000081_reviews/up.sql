-- School terms, by which reviews are planned, and each review as its facts add up.

CREATE TABLE term (
    authority integer NOT NULL REFERENCES authority,
    from_on date NOT NULL,
    to_on date NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (authority, from_on),
    CONSTRAINT term_ends_after_it_begins CHECK (to_on >= from_on)
);
COMMENT ON TABLE term IS 'A school term of the authority, from its first to its last day.';
ALTER TABLE term ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY term_of_authority ON term USING (authority = ctx_authority());
GRANT SELECT, INSERT, DELETE ON term TO ehc_app;

CREATE TABLE review_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    plan uuid NOT NULL,
    review uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    held_on date NOT NULL,
    reported boolean NOT NULL,
    outcome text,
    notified_on date,
    year_group integer,
    adulthood boolean NOT NULL,
    child_took_part boolean,
    CONSTRAINT review_view_pkey PRIMARY KEY (authority, review, known_from)
);
COMMENT ON TABLE review_view IS 'Each review whose meeting was held, as it is counted.';
COMMENT ON COLUMN review_view.year_group IS 'The national curriculum year of the child on the day of the meeting, where the date of birth is known.';
COMMENT ON COLUMN review_view.adulthood IS 'The report tells what was considered on a pathway to adulthood.';
COMMENT ON COLUMN review_view.child_took_part IS 'Whether the child had part in it; null: not told.';
CREATE INDEX review_view_plan ON review_view (authority, plan);
ALTER TABLE review_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY review_view_read ON review_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY review_view_write ON review_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON review_view TO ehc_app;

-- Which settings were sent the list of a term is read from the journal itself.
CREATE INDEX journal_review_lists ON journal (authority, position) WHERE kind = 'review_list_sent';
