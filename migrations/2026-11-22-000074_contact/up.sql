-- Contact around a case: what was said and agreed with whom, messages, and what staff want to be reminded of. Ordinary rows: a contact
-- that was wrong is replaced or struck and stays, and what was sent stays as it was sent.

-- Whether the caller is, today, one of these parties to something kept with a child: `relationship:<id>` for one of the people around
-- the child, or the person or setting under the name by which the child is granted to them.
CREATE FUNCTION ctx_party(child uuid, parties text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (
        SELECT FROM visible v
        WHERE v.authority = ctx_authority() AND v.child = ctx_party.child AND v.grantee = ANY (ctx_grantees())
          AND v.known_to IS NULL AND v.from_on <= ctx_today() AND (v.to_on IS NULL OR v.to_on > ctx_today())
          AND (v.reason = ANY (ctx_party.parties) OR v.grantee = ANY (ctx_party.parties))
    );

CREATE TABLE contact (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    happened_on date NOT NULL,
    visibility text NOT NULL,
    parties text[] NOT NULL,
    content text NOT NULL,
    replaces uuid,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL,
    replaced_by uuid,
    replaced_at timestamptz,
    struck_by text,
    struck_at timestamptz,
    struck_why text,
    CONSTRAINT contact_pkey PRIMARY KEY (authority, id),
    CONSTRAINT contact_child_fk FOREIGN KEY (authority, child) REFERENCES child,
    CONSTRAINT contact_replaced_whole CHECK ((replaced_by IS NULL) = (replaced_at IS NULL)),
    CONSTRAINT contact_struck_whole CHECK ((struck_at IS NULL) = (struck_why IS NULL) AND (struck_at IS NULL) = (struck_by IS NULL))
);
CREATE INDEX contact_case ON contact (authority, case_id, happened_on DESC, id DESC);
COMMENT ON TABLE contact IS 'A call, letter, email or meeting about a case: with whom, and what was said. Never changed: replaced by another or struck.';
COMMENT ON COLUMN contact.parties IS 'Who outside the authority reads it; nobody unless it is shared.';

CREATE TABLE agreed_action (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    contact uuid NOT NULL,
    place integer NOT NULL,
    due_on date,
    staff uuid,
    content text NOT NULL,
    done_at timestamptz,
    done_by text,
    CONSTRAINT agreed_action_pkey PRIMARY KEY (authority, id),
    CONSTRAINT agreed_action_contact_fk FOREIGN KEY (authority, contact) REFERENCES contact,
    CONSTRAINT agreed_action_done_whole CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX agreed_action_contact ON agreed_action (authority, contact, place);
CREATE INDEX agreed_action_due ON agreed_action (authority, due_on, id) WHERE done_at IS NULL AND due_on IS NOT NULL;
COMMENT ON TABLE agreed_action IS 'What was agreed in a contact: who does what, by when. With a day it is also a reminder.';

CREATE TABLE reminder (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    due_on date NOT NULL,
    staff uuid NOT NULL,
    content text NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    done_at timestamptz,
    done_by text,
    CONSTRAINT reminder_pkey PRIMARY KEY (authority, id),
    CONSTRAINT reminder_child_fk FOREIGN KEY (authority, child) REFERENCES child,
    CONSTRAINT reminder_done_whole CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX reminder_staff ON reminder (authority, staff, due_on, id);
COMMENT ON TABLE reminder IS 'What a member of staff wants to be reminded of, or a colleague of theirs, on a day.';

CREATE TABLE message (
    authority integer NOT NULL,
    id uuid NOT NULL,
    child uuid NOT NULL,
    case_id uuid NOT NULL,
    thread uuid NOT NULL,
    in_reply_to uuid,
    sent_at timestamptz NOT NULL,
    sender text NOT NULL,
    sent_by text NOT NULL,
    audience text[] NOT NULL,
    content text NOT NULL,
    closed_at timestamptz,
    closed_by text,
    closed_why text,
    CONSTRAINT message_pkey PRIMARY KEY (authority, id),
    CONSTRAINT message_child_fk FOREIGN KEY (authority, child) REFERENCES child,
    CONSTRAINT message_closed_whole CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closed_why IS NULL))
);
CREATE INDEX message_case ON message (authority, case_id, sent_at, id);
CREATE INDEX message_thread ON message (authority, thread, sent_at, id);
CREATE INDEX message_sent ON message (authority, sent_at, id);
COMMENT ON TABLE message IS 'What the case worker, a member of the family or the school wrote to one another about a case.';
COMMENT ON COLUMN message.sender IS 'case_worker, or the party outside as ctx_party has it.';

CREATE TABLE message_read (
    authority integer NOT NULL,
    message uuid NOT NULL,
    child uuid NOT NULL,
    reader text NOT NULL,
    read_at timestamptz NOT NULL,
    CONSTRAINT message_read_pkey PRIMARY KEY (authority, message, reader),
    CONSTRAINT message_read_message_fk FOREIGN KEY (authority, message) REFERENCES message
);
COMMENT ON TABLE message_read IS 'Who said of a message that they have read it, and when first.';

-- After an adoption: everything of the child's from before, as it was, where the application can read none of it.
CREATE TABLE sealed_contact (
    authority integer NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    child uuid NOT NULL,
    kept_in text NOT NULL,
    content text NOT NULL,
    CONSTRAINT sealed_contact_pkey PRIMARY KEY (authority, id),
    CONSTRAINT sealed_contact_child_fk FOREIGN KEY (authority, child) REFERENCES child
);
CREATE INDEX sealed_contact_child ON sealed_contact (authority, child);
COMMENT ON TABLE sealed_contact IS 'Contacts, messages and reminders from before a child''s adoption. Read by the database''s owner alone, on a court''s order.';

ALTER TABLE contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY contact_read ON contact FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority'
        OR (visibility = 'shared' AND replaced_at IS NULL AND struck_at IS NULL AND ctx_party(child, parties))));
ALTER TABLE agreed_action ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agreed_action_read ON agreed_action FOR SELECT
    USING (authority = ctx_authority() AND EXISTS (
        SELECT FROM contact c WHERE c.authority = agreed_action.authority AND c.id = agreed_action.contact));
ALTER TABLE reminder ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reminder_read ON reminder FOR SELECT USING (authority = ctx_authority() AND ctx_reach() = 'authority');
ALTER TABLE message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY message_read ON message FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_party(child, audience || sender)));
CREATE POLICY message_send ON message FOR INSERT
    WITH CHECK (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_party(child, ARRAY[sender])));
ALTER TABLE message_read ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY message_read_read ON message_read FOR SELECT
    USING (authority = ctx_authority() AND EXISTS (
        SELECT FROM message m WHERE m.authority = message_read.authority AND m.id = message_read.message));
CREATE POLICY message_read_write ON message_read FOR INSERT
    WITH CHECK (authority = ctx_authority() AND EXISTS (
        SELECT FROM message m WHERE m.authority = message_read.authority AND m.id = message_read.message AND m.child = message_read.child));
ALTER TABLE sealed_contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY sealed_contact_write ON sealed_contact FOR INSERT
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
CREATE POLICY sealed_contact_read ON sealed_contact FOR SELECT TO CURRENT_USER USING (true);

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['contact', 'agreed_action', 'reminder'] LOOP
        EXECUTE format('CREATE POLICY %I ON %I FOR INSERT WITH CHECK (authority = ctx_authority() AND ctx_reach() = ''authority'')',
            kept || '_write', kept);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['contact', 'agreed_action', 'reminder', 'message'] LOOP
        EXECUTE format('CREATE POLICY %I ON %I FOR UPDATE USING (authority = ctx_authority() AND ctx_reach() = ''authority'')',
            kept || '_settle', kept);
    END LOOP;
    FOREACH kept IN ARRAY ARRAY['contact', 'agreed_action', 'reminder', 'message', 'message_read'] LOOP
        -- Only the owner's function below has the right to delete.
        EXECUTE format('CREATE POLICY %I ON %I FOR DELETE USING (authority = ctx_authority() AND ctx_reach() = ''authority'')',
            kept || '_seal', kept);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO ehc_app', kept);
    END LOOP;
END $$;
GRANT UPDATE (replaced_by, replaced_at, struck_by, struck_at, struck_why) ON contact TO ehc_app;
GRANT UPDATE (done_at, done_by) ON agreed_action, reminder TO ehc_app;
GRANT UPDATE (closed_at, closed_by, closed_why) ON message TO ehc_app;

-- For a child whose adoption stands in the journal: what there is by then is put away.
CREATE FUNCTION seal_contact(sealed_child uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    kept text;
BEGIN
    PERFORM FROM journal j WHERE j.authority = ctx_authority() AND j.child = sealed_child AND j.kind = 'identity_sealed';
    IF NOT FOUND THEN
        RAISE no_data_found USING MESSAGE = 'no adoption stands in the journal';
    END IF;
    FOREACH kept IN ARRAY ARRAY['message_read', 'message', 'agreed_action', 'contact', 'reminder'] LOOP
        EXECUTE format(
            'WITH gone AS (DELETE FROM %I WHERE authority = ctx_authority() AND child = $1 RETURNING *) '
            'INSERT INTO sealed_contact (authority, child, kept_in, content) SELECT authority, child, %L, to_jsonb(gone)::text FROM gone', kept, kept) USING sealed_child;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION seal_contact(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_contact(uuid) TO ehc_app;
