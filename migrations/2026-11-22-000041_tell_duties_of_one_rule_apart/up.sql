-- Several duties of one rule can begin on one day, such as the steps that follow an agreement at mediation: their dates tell
-- them apart.
ALTER TABLE duty_view DROP CONSTRAINT duty_view_pkey,
    ADD CONSTRAINT duty_view_pkey PRIMARY KEY (authority, case_id, rule, about, starts_on, due_on, known_from);
