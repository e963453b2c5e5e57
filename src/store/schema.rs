//! The tables as the migrations leave them; a test keeps this file equal to the database and writes it with NEW_SCHEMA=1.

diesel::table! {
    advice_capacity (authority, service, organisation, week_starting) {
        authority -> Int4,
        service -> Text,
        organisation -> Text,
        week_starting -> Date,
        places -> Int4,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    advice_view (authority, advice, known_from) {
        authority -> Int4,
        child -> Uuid,
        case_id -> Uuid,
        advice -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        giver -> Text,
        specialism -> Nullable<Text>,
        organisation -> Nullable<Text>,
        organisations -> Array<Text>,
        asked -> Nullable<Uuid>,
        requested_on -> Nullable<Date>,
        received_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        excused -> Bool,
        answer -> Nullable<Text>,
        answered_on -> Nullable<Date>,
        sent_back_on -> Nullable<Date>,
        awaited -> Bool,
        allocated -> Bool,
        allocated_on -> Nullable<Date>,
        writer -> Nullable<Uuid>,
        writers_organisation -> Nullable<Text>,
        visit_on -> Nullable<Date>,
        visited_on -> Nullable<Date>,
        signed_off_on -> Nullable<Date>,
        chased -> Int4,
        last_chased_on -> Nullable<Date>,
        last_chased_by -> Nullable<Text>,
        late_reason -> Nullable<Text>,
        expected_on -> Nullable<Date>,
        law_version -> Text,
    }
}

diesel::table! {
    agreed_action (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        case_id -> Uuid,
        contact -> Uuid,
        place -> Int4,
        due_on -> Nullable<Date>,
        staff -> Nullable<Uuid>,
        content -> Text,
        done_at -> Nullable<Timestamptz>,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    authority (id) {
        id -> Int4,
        name -> Text,
    }
}

diesel::table! {
    authority_code (code, from_on) {
        authority -> Int4,
        code -> Text,
        from_on -> Date,
        to_on -> Nullable<Date>,
    }
}

diesel::table! {
    case_view (authority, case_id, known_from) {
        authority -> Int4,
        child -> Uuid,
        case_id -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        reference -> Text,
        stage -> Text,
        requested_by -> Nullable<Text>,
        received_on -> Nullable<Date>,
        setting -> Nullable<Text>,
        case_worker -> Nullable<Uuid>,
        possible_duplicate -> Bool,
        assessment_outcome -> Nullable<Text>,
        assessment_decided_on -> Nullable<Date>,
        assessment_notified_on -> Nullable<Date>,
        plan_outcome -> Nullable<Text>,
        plan_decided_on -> Nullable<Date>,
        plan_notified_on -> Nullable<Date>,
        draft_served_on -> Nullable<Date>,
        plan -> Nullable<Uuid>,
        final_plan_sent_on -> Nullable<Date>,
        withdrawn_on -> Nullable<Date>,
        withdrawn -> Bool,
        request_mediation -> Bool,
        request_tribunal -> Bool,
        assessment_mediation -> Bool,
        assessment_tribunal -> Bool,
        excepted -> Bool,
        concerns -> Int4,
        next_due_rule -> Nullable<Text>,
        next_due_on -> Nullable<Date>,
        law_version -> Text,
    }
}

diesel::table! {
    child (authority, id) {
        authority -> Int4,
        id -> Uuid,
    }
}

diesel::table! {
    child_view (authority, child, known_from) {
        authority -> Int4,
        child -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        identity -> Nullable<Uuid>,
        address_hidden -> Bool,
        year_groups -> Nullable<Text>,
        died -> Bool,
    }
}

diesel::table! {
    citing_view (authority, item, known_from) {
        authority -> Int4,
        child -> Uuid,
        item -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        case_id -> Uuid,
        outcome -> Text,
        decided_on -> Nullable<Date>,
        detail -> Nullable<Uuid>,
    }
}

diesel::table! {
    commitment_view (authority, about, agency, from_on, known_from) {
        authority -> Int4,
        child -> Uuid,
        about -> Uuid,
        agency -> Text,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        budget -> Text,
        from_on -> Date,
        last_on -> Nullable<Date>,
        yearly_cost -> Int4,
        percent -> Int2,
    }
}

diesel::table! {
    concern_view (authority, about, concern, known_from) {
        authority -> Int4,
        child -> Uuid,
        case_id -> Nullable<Uuid>,
        concern -> Text,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        words -> Text,
        citation -> Text,
        acknowledged_in -> Nullable<Uuid>,
        about -> Uuid,
    }
}

diesel::table! {
    contact (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        case_id -> Uuid,
        happened_on -> Date,
        visibility -> Text,
        parties -> Array<Text>,
        content -> Text,
        replaces -> Nullable<Uuid>,
        recorded_by -> Text,
        recorded_at -> Timestamptz,
        replaced_by -> Nullable<Uuid>,
        replaced_at -> Nullable<Timestamptz>,
        struck_by -> Nullable<Text>,
        struck_at -> Nullable<Timestamptz>,
        struck_why -> Nullable<Text>,
    }
}

diesel::table! {
    cover (id) {
        authority -> Int4,
        id -> Uuid,
        lent -> Uuid,
        covering -> Uuid,
        from_on -> Date,
        to_on -> Date,
        ended_on -> Nullable<Date>,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    detail (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Nullable<Uuid>,
        content -> Nullable<Text>,
        key -> Nullable<Bytea>,
    }
}

diesel::table! {
    duty_view (authority, case_id, rule, about, starts_on, due_on, known_from) {
        authority -> Int4,
        child -> Uuid,
        case_id -> Uuid,
        rule -> Text,
        about -> Text,
        starts_on -> Date,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        due_on -> Date,
        met_on -> Nullable<Date>,
        fell_away -> Bool,
        changes_on -> Date,
        state_until -> Text,
        state_from -> Text,
        deadline -> Text,
        law_version -> Text,
    }
}

diesel::table! {
    idempotency (authority, actor, operation, key) {
        authority -> Int4,
        actor -> Text,
        operation -> Text,
        key -> Text,
        fingerprint -> Bytea,
        receipt -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    item_view (authority, item, known_from) {
        authority -> Int4,
        child -> Uuid,
        item -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        meeting -> Uuid,
        case_id -> Uuid,
        recommendation -> Nullable<Text>,
        recommended_on -> Nullable<Date>,
        detail -> Nullable<Uuid>,
        added_on -> Nullable<Date>,
        question -> Nullable<Text>,
        yearly_cost -> Nullable<Int8>,
        conflicts -> Nullable<Array<Text>>,
        missing -> Nullable<Array<Text>>,
        short_of_quorum -> Nullable<Bool>,
    }
}

diesel::table! {
    journal (authority, position) {
        authority -> Int4,
        position -> Int8,
        id -> Uuid,
        stream_kind -> Text,
        stream -> Uuid,
        seq -> Int4,
        child -> Nullable<Uuid>,
        subject -> Nullable<Uuid>,
        kind -> Text,
        version -> Int2,
        occurred_on -> Nullable<Date>,
        occurred_precision -> Text,
        recorded_at -> Timestamptz,
        actor -> Text,
        capacity -> Text,
        organisation -> Nullable<Text>,
        on_behalf_of -> Nullable<Text>,
        request_id -> Uuid,
        corrects -> Nullable<Uuid>,
        body -> Text,
        detail -> Nullable<Uuid>,
        hash_version -> Int2,
        previous_hash -> Bytea,
        hash -> Bytea,
    }
}

diesel::table! {
    journal_head (authority) {
        authority -> Int4,
        position -> Int8,
        recorded_at -> Timestamptz,
        hash -> Bytea,
        case_number -> Int4,
        views_version -> Int4,
    }
}

diesel::table! {
    meeting_view (authority, meeting, known_from) {
        authority -> Int4,
        meeting -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        panel -> Text,
        meets_on -> Nullable<Date>,
        members -> Array<Text>,
        kind -> Nullable<Text>,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    message (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        case_id -> Uuid,
        thread -> Uuid,
        in_reply_to -> Nullable<Uuid>,
        sent_at -> Timestamptz,
        sender -> Text,
        sent_by -> Text,
        audience -> Array<Text>,
        content -> Text,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Text>,
        closed_why -> Nullable<Text>,
    }
}

diesel::table! {
    message_read (authority, message, reader) {
        authority -> Int4,
        message -> Uuid,
        child -> Uuid,
        reader -> Text,
        read_at -> Timestamptz,
    }
}

diesel::table! {
    notice_wording (authority, kind, valid_from) {
        authority -> Int4,
        kind -> Text,
        valid_from -> Date,
        words -> Nullable<Text>,
        name -> Nullable<Text>,
        telephone -> Nullable<Text>,
        email -> Nullable<Text>,
        website -> Nullable<Text>,
        address -> Nullable<Text>,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    oversight_view (authority, child, reason, about, from_on, known_from) {
        authority -> Int4,
        child -> Uuid,
        reason -> Text,
        about -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        from_on -> Date,
        last_on -> Nullable<Date>,
        setting -> Nullable<Text>,
    }
}

diesel::table! {
    panel_kind (authority, id) {
        authority -> Int4,
        id -> Text,
        name -> Text,
        quorum -> Int4,
        quorum_agencies -> Array<Text>,
        interval_days -> Int4,
    }
}

diesel::table! {
    panel_person (authority, member) {
        authority -> Int4,
        member -> Text,
        name -> Text,
    }
}

diesel::table! {
    panel_seat (authority, kind, member) {
        authority -> Int4,
        kind -> Text,
        place -> Int4,
        member -> Text,
        agency -> Text,
    }
}

diesel::table! {
    placement_view (authority, placement, known_from) {
        authority -> Int4,
        child -> Uuid,
        placement -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        setting -> Nullable<Text>,
        from_on -> Date,
        last_on -> Nullable<Date>,
        alongside -> Bool,
        kind -> Text,
        registration -> Text,
        planned_end -> Nullable<Date>,
        terms -> Text,
        reintegrated_on -> Nullable<Date>,
        impact -> Nullable<Uuid>,
    }
}

diesel::table! {
    plan_view (authority, plan, known_from) {
        authority -> Int4,
        child -> Uuid,
        plan -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        case_id -> Uuid,
        made_on -> Nullable<Date>,
        names -> Text,
        setting -> Nullable<Text>,
        last_review_on -> Nullable<Date>,
        other_mediation -> Bool,
        other_tribunal -> Bool,
        other_setting -> Nullable<Text>,
        setting_until -> Nullable<Date>,
        other_setting_from -> Nullable<Date>,
        next_review -> Nullable<Uuid>,
        meets_on -> Nullable<Date>,
        ceased_on -> Nullable<Date>,
        maintained_from -> Nullable<Date>,
        cease_reason -> Nullable<Text>,
    }
}

diesel::table! {
    provision_view (authority, provision, known_from) {
        authority -> Int4,
        child -> Uuid,
        provision -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        plan -> Uuid,
        kind -> Text,
        provider -> Nullable<Text>,
        from_on -> Date,
        last_on -> Nullable<Date>,
    }
}

diesel::table! {
    referral_view (authority, referral, known_from) {
        authority -> Int4,
        child -> Uuid,
        referral -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        service -> Text,
        organisation -> Nullable<Text>,
        detail -> Nullable<Uuid>,
        case_id -> Nullable<Uuid>,
        referred_on -> Nullable<Date>,
        waits_to_be_seen -> Bool,
        seen_on -> Nullable<Date>,
        waits_for_treatment -> Bool,
        treated_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    reminder (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        case_id -> Uuid,
        due_on -> Date,
        staff -> Uuid,
        content -> Text,
        made_by -> Text,
        made_at -> Timestamptz,
        done_at -> Nullable<Timestamptz>,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    request_form (authority, id) {
        authority -> Int4,
        id -> Uuid,
        organisation -> Text,
        version -> Int4,
        content -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    review_view (authority, review, known_from) {
        authority -> Int4,
        child -> Uuid,
        plan -> Uuid,
        review -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        held_on -> Date,
        reported -> Bool,
        outcome -> Nullable<Text>,
        notified_on -> Nullable<Date>,
        year_group -> Nullable<Int4>,
        adulthood -> Bool,
        child_took_part -> Nullable<Bool>,
    }
}

diesel::table! {
    sealed_contact (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        kept_in -> Text,
        content -> Text,
    }
}

diesel::table! {
    sealed_detail (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Uuid,
        content -> Text,
        key -> Bytea,
    }
}

diesel::table! {
    setting (id) {
        id -> Text,
        name -> Text,
        setting_type -> Text,
        phase -> Text,
        authority_code -> Nullable<Text>,
        highest_age -> Nullable<Int2>,
    }
}

diesel::table! {
    setting_capacity (authority, setting, year, kind, need) {
        authority -> Int4,
        setting -> Text,
        year -> Int4,
        kind -> Text,
        need -> Text,
        places -> Int4,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    setting_closure (setting, from_on) {
        setting -> Text,
        from_on -> Date,
        to_on -> Date,
        name -> Text,
    }
}

diesel::table! {
    shortfall_view (authority, shortfall, known_from) {
        authority -> Int4,
        child -> Uuid,
        shortfall -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        plan -> Uuid,
        provision -> Uuid,
        kind -> Text,
        provider -> Nullable<Text>,
        from_on -> Date,
        to_on -> Nullable<Date>,
        why -> Text,
        partly -> Bool,
        remedy -> Nullable<Text>,
    }
}

diesel::table! {
    staff (id) {
        authority -> Int4,
        id -> Uuid,
        name -> Text,
        role -> Text,
        team -> Nullable<Uuid>,
        subject -> Nullable<Text>,
        active -> Bool,
        email -> Nullable<Text>,
        telephone -> Nullable<Text>,
    }
}

diesel::table! {
    stored_file (authority, id) {
        authority -> Int4,
        id -> Uuid,
        child -> Nullable<Uuid>,
        began_at -> Timestamptz,
        dropped -> Bool,
        verdict -> Nullable<Text>,
    }
}

diesel::table! {
    team (id) {
        authority -> Int4,
        id -> Uuid,
        name -> Text,
        email -> Nullable<Text>,
        telephone -> Nullable<Text>,
    }
}

diesel::table! {
    term (authority, from_on) {
        authority -> Int4,
        from_on -> Date,
        to_on -> Date,
        name -> Text,
    }
}

diesel::table! {
    trail (id) {
        id -> Int8,
        authority -> Int4,
        at -> Timestamptz,
        actor -> Text,
        capacity -> Text,
        organisation -> Nullable<Text>,
        operation -> Text,
        request_id -> Uuid,
        children -> Array<Uuid>,
    }
}

diesel::table! {
    transfer_view (authority, transfer, known_from) {
        authority -> Int4,
        child -> Uuid,
        transfer -> Uuid,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        plan -> Uuid,
        transfer_kind -> Nullable<Text>,
        transfer_on -> Date,
        from_setting -> Nullable<Text>,
        confirmed_on -> Nullable<Date>,
        not_due -> Nullable<Text>,
        reviewed_on -> Nullable<Date>,
        consulted -> Int4,
        answered -> Int4,
        named_on -> Nullable<Date>,
        names -> Nullable<Text>,
        to_setting -> Nullable<Text>,
    }
}

diesel::table! {
    visible (authority, grantee, child, reason, known_from) {
        authority -> Int4,
        child -> Uuid,
        grantee -> Text,
        reason -> Text,
        from_on -> Date,
        to_on -> Nullable<Date>,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
    }
}

diesel::table! {
    worklist_view (authority, case_id, rule, about, starts_on, due_on, known_from) {
        authority -> Int4,
        child -> Uuid,
        case_id -> Uuid,
        rule -> Text,
        about -> Text,
        starts_on -> Date,
        due_on -> Date,
        known_from -> Int8,
        known_to -> Nullable<Int8>,
        changes_on -> Date,
        state_until -> Text,
        state_from -> Text,
        awaits -> Text,
        question -> Nullable<Text>,
        at_risk_from -> Nullable<Date>,
        outlook -> Text,
        law_version -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(authority, authority_code);
