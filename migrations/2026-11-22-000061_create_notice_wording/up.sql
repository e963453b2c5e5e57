-- What an authority itself puts into its notices, from a day on. Ordinary rows: what was sent is kept with the entry that says so.
CREATE TABLE notice_wording (
    authority integer NOT NULL REFERENCES authority,
    kind text NOT NULL,
    valid_from date NOT NULL,
    words text,
    name text,
    telephone text,
    email text,
    website text,
    address text,
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT notice_wording_pkey PRIMARY KEY (authority, kind, valid_from)
);
COMMENT ON TABLE notice_wording IS 'An authority''s own part of its notices: head, contacts, closing words, each from a day on.';
ALTER TABLE notice_wording ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY notice_wording_of_authority ON notice_wording USING (authority = ctx_authority());
GRANT SELECT, INSERT, UPDATE ON notice_wording TO ehc_app;
