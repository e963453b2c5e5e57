-- The record: one journal per authority, the personal data beside it, and the trail of whose data was read.

CREATE TABLE child (
    authority integer NOT NULL REFERENCES authority,
    id uuid NOT NULL,
    CONSTRAINT child_pkey PRIMARY KEY (authority, id)
);
COMMENT ON TABLE child IS 'A child''s file: the row that is locked while something is added to it.';

CREATE TABLE visible (
    authority integer NOT NULL,
    child uuid NOT NULL,
    grantee text NOT NULL,
    reason text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    known_from bigint NOT NULL,
    known_to bigint,
    CONSTRAINT visible_pkey PRIMARY KEY (authority, grantee, child, reason, known_from),
    CONSTRAINT visible_child_fk FOREIGN KEY (authority, child) REFERENCES child
);
CREATE INDEX visible_child ON visible (authority, child) WHERE known_to IS NULL;
COMMENT ON TABLE visible IS 'Who outside the authority may see which child, why, and from when to when. Judged as of now, always.';

CREATE FUNCTION ctx_sees(child uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (
        SELECT FROM visible v
        WHERE v.authority = ctx_authority() AND v.child = ctx_sees.child AND v.grantee = ANY (ctx_grantees())
          AND v.known_to IS NULL AND v.from_on <= ctx_today() AND (v.to_on IS NULL OR v.to_on > ctx_today())
    );

CREATE TABLE journal_head (
    authority integer PRIMARY KEY REFERENCES authority,
    position bigint NOT NULL DEFAULT 0,
    recorded_at timestamptz NOT NULL DEFAULT 'epoch',
    hash bytea NOT NULL DEFAULT '\x',
    case_number integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE journal_head IS 'The end of an authority''s journal. Locked last; gives each entry its position, instant and hash, and each case its number.';

CREATE TABLE journal (
    authority integer NOT NULL REFERENCES authority,
    position bigint NOT NULL CONSTRAINT journal_position_positive CHECK (position > 0),
    id uuid NOT NULL CONSTRAINT journal_id_unique UNIQUE,
    stream_kind text NOT NULL CONSTRAINT journal_stream_kind CHECK (stream_kind IN ('child', 'meeting', 'authority')),
    stream uuid NOT NULL,
    seq integer NOT NULL CONSTRAINT journal_seq_positive CHECK (seq > 0),
    child uuid,
    subject uuid,
    kind text NOT NULL,
    version smallint NOT NULL,
    occurred_on date,
    occurred_precision text NOT NULL CONSTRAINT journal_precision
        CHECK (occurred_precision IN ('day', 'month', 'year', 'unknown') AND (occurred_precision = 'unknown') = (occurred_on IS NULL)),
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    capacity text NOT NULL,
    organisation text,
    on_behalf_of text,
    request_id uuid NOT NULL,
    corrects uuid,
    body text NOT NULL,
    detail uuid GENERATED ALWAYS AS ((body::jsonb #>> '{detail,id}')::uuid) STORED,
    hash_version smallint NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (authority, position),
    CONSTRAINT journal_stream_seq_unique UNIQUE (stream_kind, stream, seq)
);
CREATE INDEX journal_recorded ON journal (authority, recorded_at);
CREATE INDEX journal_register ON journal (authority, position) WHERE kind = 'register_adopted';
CREATE INDEX journal_child ON journal (authority, child, position);
COMMENT ON TABLE journal IS 'What happened, in the order it was recorded. Never changed, never deleted.';
COMMENT ON COLUMN journal.body IS 'Canonical JSON text: the facts, the citation of the detail, the concerns accepted.';
COMMENT ON COLUMN journal.detail IS 'The detail row the body cites, for joining.';

CREATE TABLE detail (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    content text,
    key bytea,
    CONSTRAINT detail_pkey PRIMARY KEY (authority, id),
    CONSTRAINT detail_child_fk FOREIGN KEY (authority, child) REFERENCES child,
    CONSTRAINT detail_whole_or_erased CHECK ((content IS NULL) = (key IS NULL))
);
CREATE INDEX detail_child ON detail (authority, child);
CREATE INDEX detail_upn ON detail (authority, (content::jsonb #>> '{identity,upn}'))
    WHERE content::jsonb #>> '{identity,upn}' IS NOT NULL;
CREATE INDEX detail_born ON detail (authority, (content::jsonb #>> '{identity,bornOn}'))
    WHERE content::jsonb #>> '{identity,bornOn}' IS NOT NULL;
COMMENT ON TABLE detail IS 'Personal data and free text that entries cite by HMAC under the key kept here. Erasing empties content and key.';

CREATE TABLE trail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    authority integer NOT NULL REFERENCES authority,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    capacity text NOT NULL,
    organisation text,
    operation text NOT NULL,
    request_id uuid NOT NULL,
    children uuid[] NOT NULL
);
CREATE INDEX trail_authority ON trail (authority, id);
CREATE INDEX trail_children ON trail USING gin (children);
COMMENT ON TABLE trail IS 'Whose data was read: one row per request, durable before the first byte of the answer.';

CREATE TABLE idempotency (
    authority integer NOT NULL REFERENCES authority,
    actor text NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    receipt text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (authority, actor, operation, key)
);
COMMENT ON TABLE idempotency IS 'What a creating request was answered with; committed with its effect, replayed to its repetition. No personal data.';

-- The journal and the trail only grow, whoever asks.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON journal EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trail_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON trail EXECUTE FUNCTION refuse_change();

-- The second fence. Inside its own authority a caller of reach 'authority' sees all; others see the children granted to them.
ALTER TABLE child ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY child_read ON child FOR SELECT USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(id)));
CREATE POLICY child_write ON child FOR INSERT WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
CREATE POLICY child_lock ON child FOR UPDATE USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(id)));
ALTER TABLE visible ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY visible_read ON visible FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR grantee = ANY (ctx_grantees())));
CREATE POLICY visible_write ON visible FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
ALTER TABLE journal_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY journal_head_of_authority ON journal_head USING (authority = ctx_authority() AND ctx_reach() IS NOT NULL);
ALTER TABLE journal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY journal_read ON journal FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child) OR kind = 'register_adopted'));
CREATE POLICY journal_write ON journal FOR INSERT WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
ALTER TABLE detail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY detail_read ON detail FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY detail_write ON detail FOR INSERT WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
ALTER TABLE trail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY trail_read ON trail FOR SELECT USING (authority = ctx_authority() AND ctx_reach() = 'authority');
CREATE POLICY trail_write ON trail FOR INSERT WITH CHECK (authority = ctx_authority() AND ctx_reach() IS NOT NULL);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY idempotency_of_authority ON idempotency USING (authority = ctx_authority() AND ctx_reach() IS NOT NULL);

GRANT SELECT, INSERT ON child, journal, detail, trail, idempotency TO ehc_app;
-- FOR UPDATE asks for the right to update; no column but the id exists to change.
GRANT UPDATE (id) ON child TO ehc_app;
GRANT SELECT, INSERT, UPDATE ON visible, journal_head TO ehc_app;
