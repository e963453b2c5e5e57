-- Panels: the kinds an authority has and who usually sits on them, and what the views hold of meetings and their items.

CREATE TABLE panel_kind (
    authority integer NOT NULL REFERENCES authority,
    id text NOT NULL CONSTRAINT panel_kind_id_form CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name text NOT NULL,
    quorum integer NOT NULL,
    quorum_agencies text[] NOT NULL,
    interval_days integer NOT NULL,
    CONSTRAINT panel_kind_pkey PRIMARY KEY (authority, id)
);
COMMENT ON TABLE panel_kind IS 'A kind of panel the authority has, with its own rule of who must be there.';

CREATE TABLE panel_seat (
    authority integer NOT NULL,
    kind text NOT NULL,
    place integer NOT NULL,
    member text NOT NULL,
    agency text NOT NULL,
    CONSTRAINT panel_seat_pkey PRIMARY KEY (authority, kind, member),
    CONSTRAINT panel_seat_kind_fk FOREIGN KEY (authority, kind) REFERENCES panel_kind
);
COMMENT ON TABLE panel_seat IS 'Who sits on a kind of panel unless a meeting says otherwise; the first leads it.';

CREATE TABLE panel_person (
    authority integer NOT NULL REFERENCES authority,
    member text NOT NULL,
    name text NOT NULL,
    CONSTRAINT panel_person_pkey PRIMARY KEY (authority, member)
);
COMMENT ON TABLE panel_person IS 'The name at work of a person who sits on panels, by their token''s subject.';

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['panel_kind', 'panel_seat', 'panel_person'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY %I ON %I USING (authority = ctx_authority())', kept || '_of_authority', kept);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ehc_app', kept);
    END LOOP;
END $$;

ALTER TABLE meeting_view ADD COLUMN kind text, ADD COLUMN closed_on date;
ALTER TABLE item_view
    ADD COLUMN added_on date,
    ADD COLUMN question text,
    ADD COLUMN yearly_cost bigint,
    ADD COLUMN conflicts text[],
    ADD COLUMN missing text[],
    ADD COLUMN short_of_quorum boolean;
CREATE INDEX item_view_case ON item_view (authority, case_id) WHERE known_to IS NULL;

CREATE TABLE citing_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    item uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    case_id uuid NOT NULL,
    outcome text NOT NULL,
    decided_on date,
    detail uuid,
    CONSTRAINT citing_view_pkey PRIMARY KEY (authority, item, known_from)
);
COMMENT ON TABLE citing_view IS 'Each decision that cites an item of a panel''s agenda; the detail says why it differs from what was recommended.';
ALTER TABLE citing_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY citing_view_read ON citing_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY citing_view_write ON citing_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON citing_view TO ehc_app;

-- What is minuted of a meeting as a whole is beside the record too, and is no single child's.
ALTER TABLE detail ALTER COLUMN child DROP NOT NULL;
CREATE INDEX journal_detail_of_meeting ON journal (authority, detail) WHERE stream_kind = 'meeting' AND child IS NULL;
CREATE POLICY detail_read_as_member ON detail FOR SELECT
    USING (authority = ctx_authority() AND child IS NULL AND EXISTS (
        SELECT FROM journal j WHERE j.authority = detail.authority AND j.detail = detail.id
          AND j.stream_kind = 'meeting' AND j.child IS NULL));
