-- Where a child is really taught, when the next review meets, how the authority is reached, and who has seen a child's data.

CREATE TABLE placement_view (
    authority integer NOT NULL,
    child uuid NOT NULL,
    placement uuid NOT NULL,
    known_from bigint NOT NULL,
    known_to bigint,
    setting text NOT NULL,
    from_on date NOT NULL,
    last_on date,
    alongside boolean NOT NULL,
    CONSTRAINT placement_view_pkey PRIMARY KEY (authority, placement, known_from)
);
CREATE INDEX placement_view_list ON placement_view (authority, from_on DESC, placement DESC) WHERE known_to IS NULL;
CREATE INDEX placement_view_child ON placement_view (authority, child) WHERE known_to IS NULL;
CREATE INDEX placement_view_setting ON placement_view (authority, setting) WHERE known_to IS NULL;
COMMENT ON TABLE placement_view IS 'Each setting where a child is really taught, as against the one a plan names, with the first and the last day there.';
ALTER TABLE placement_view ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY placement_view_read ON placement_view FOR SELECT
    USING (authority = ctx_authority() AND (ctx_reach() = 'authority' OR ctx_sees(child)));
CREATE POLICY placement_view_write ON placement_view FOR ALL
    USING (authority = ctx_authority() AND ctx_reach() = 'authority')
    WITH CHECK (authority = ctx_authority() AND ctx_reach() = 'authority');
GRANT SELECT, INSERT, UPDATE, DELETE ON placement_view TO ehc_app;

ALTER TABLE plan_view ADD COLUMN next_review uuid, ADD COLUMN meets_on date;
COMMENT ON COLUMN plan_view.meets_on IS 'The day on which the meeting of the next review is to be held, where it was set.';

ALTER TABLE staff ADD COLUMN email text, ADD COLUMN telephone text;
ALTER TABLE team ADD COLUMN email text, ADD COLUMN telephone text;

-- A member of the family reads who was shown the child, and nobody else who sees the child does.
CREATE POLICY trail_read_by_family ON trail FOR SELECT USING (
    authority = ctx_authority() AND EXISTS (
        SELECT FROM visible v
        WHERE v.authority = trail.authority AND v.child = ANY (trail.children) AND v.grantee = ANY (ctx_grantees())
          AND (v.reason = 'family' OR v.reason LIKE 'relationship:%')
          AND v.known_to IS NULL AND v.from_on <= ctx_today() AND (v.to_on IS NULL OR v.to_on > ctx_today())
    )
);
