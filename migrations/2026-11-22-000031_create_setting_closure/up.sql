-- When settings are closed: a closure of four weeks can excuse a missed limit. No child is named here.

CREATE TABLE setting_closure (
    setting text NOT NULL REFERENCES setting,
    from_on date NOT NULL,
    to_on date NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (setting, from_on),
    CONSTRAINT setting_closure_ends_after_it_begins CHECK (to_on >= from_on)
);
COMMENT ON TABLE setting_closure IS 'A time on end in which a setting is closed, from its first to its last day.';

GRANT SELECT, INSERT, DELETE ON setting_closure TO ehc_app;
