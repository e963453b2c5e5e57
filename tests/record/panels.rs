//! A meeting as its entries add up to it, whatever was set anew, and who sees its papers for how long.

use ehc_casework::record::*;

use crate::worlds::{CASE, CHILD, EVENT, ITEM, columns, day, entry, id, panel_facts_in_full};

const HEAD: &str = "issuer|head";
const NURSE: &str = "issuer|nurse";

fn convened() -> Fact {
    Fact::MeetingConvened {
        panel: "EHC panel".into(),
        members: vec![HEAD.into(), NURSE.into()],
        panel_kind: Some("ehc-panel".into()),
        chair: Some(HEAD.into()),
        agencies: Some([(HEAD.to_owned(), Agency::School), (NURSE.to_owned(), Agency::Health)].into()),
        quorum: Some(1),
        quorum_agencies: Some(vec![Agency::Health]),
        interval_days: Some(14),
    }
}

fn added(number: u8) -> Fact {
    Fact::ItemAdded {
        item: id(ITEM, number),
        child: id(CHILD, number),
        case: id(CASE, number),
        why: Some(vec![Why::Complex]),
        question: Some(Question::Assess),
        yearly_cost: Some(1000),
        follows: None,
    }
}

fn conflict(number: u8, member: &str) -> Fact {
    Fact::ConflictDeclared { item: id(ITEM, number), child: id(CHILD, number), case: id(CASE, number), member: member.into() }
}

/// The meeting that facts add up to, each recorded after the one before, all on one day.
fn meeting(facts: Vec<Fact>) -> Meeting {
    let entries: Vec<_> = facts
        .into_iter()
        .enumerate()
        .map(|(at, fact)| entry(at as i32 + 1, id(EVENT, 200 - at as u8), Some(day(0)), fact))
        .collect();
    Meeting::fold(id(9, 1), &entries).unwrap()
}

fn granted(meeting: &Meeting) -> Vec<(String, String, serde_json::Value)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rows = rows_of_meeting(meeting);
    let visible = rows.iter().filter(|(view, _)| *view == View::Visible).map(|(_, row)| columns(&row));
    visible.map(|row| (text(&row["child"]), text(&row["grantee"]), row["to_on"].clone())).collect()
}

#[test]
fn facts_of_a_panel_are_read_back_with_everything_they_said() {
    for fact in panel_facts_in_full() {
        let text = Body::of(fact.clone()).to_text();
        assert_eq!(Body::from_text(fact.kind(), 1, &text).unwrap().fact, fact, "{text}");
    }
}

#[test]
fn what_is_set_anew_on_the_same_day_takes_the_place_of_what_was_set_before() {
    let papers =
        |entry| Fact::PapersChosen { item: id(ITEM, 1), child: id(CHILD, 1), case: id(CASE, 1), papers: vec![id(EVENT, entry)] };
    let meeting = meeting(vec![
        convened(),
        added(1),
        added(2),
        papers(50),
        papers(51),
        Fact::AgendaSet { order: vec![id(ITEM, 1), id(ITEM, 2)], times: Default::default() },
        Fact::AgendaSet { order: vec![id(ITEM, 2)], times: Default::default() },
    ]);
    assert_eq!(meeting.items.iter().map(|item| item.id).collect::<Vec<_>>(), [id(ITEM, 2), id(ITEM, 1)]);
    assert_eq!(meeting.items[1].papers, [id(EVENT, 51)]);
}

#[test]
fn a_member_is_granted_the_children_of_the_agenda_but_not_those_they_have_an_interest_in() {
    let open = meeting(vec![convened(), added(1), added(2), conflict(1, HEAD)]);
    let sees = |child: u8, member: &str| {
        let child: ChildId = id(CHILD, child);
        granted(&open).iter().any(|(of, to, _)| *of == child.to_string() && *to == person(member))
    };
    assert!(!sees(1, HEAD));
    assert!(sees(2, HEAD) && sees(1, NURSE) && sees(2, NURSE));
}

#[test]
fn the_grant_ends_twenty_eight_days_after_the_meeting_is_closed() {
    let open = meeting(vec![convened(), added(1)]);
    assert!(granted(&open).iter().all(|(_, _, to)| to.is_null()));
    let closed = meeting(vec![convened(), added(1), Fact::MeetingClosed {}]);
    assert!(granted(&closed).iter().all(|(_, _, to)| *to == serde_json::json!(day(28))));
}

#[test]
fn a_member_with_an_interest_does_not_count_towards_the_quorum_of_that_item() {
    let came = Fact::AttendanceRecorded { present: vec![HEAD.into(), NURSE.into()], apologies: Vec::new() };
    let meeting = meeting(vec![convened(), added(1), added(2), conflict(1, NURSE), came]);
    let count = |item: u8| meeting.quorum_for(meeting.item(id(ITEM, item))).unwrap();
    assert!(meeting.quorum_for(None).unwrap().met && count(2).met);
    assert_eq!((count(1).met, count(1).present), (false, 1));
    assert_eq!(count(1).missing_agencies, [Agency::Health]);
}

#[test]
fn shares_add_up_to_one_hundred() {
    let advised = |health| Fact::Recommended {
        item: id(ITEM, 1),
        child: id(CHILD, 1),
        case: id(CASE, 1),
        recommendation: Recommendation::Assess,
        met: None,
        not_met: None,
        dissent: None,
        shares: Some([(Agency::Education, 60), (Agency::Health, health)].into()),
        health_agreed: None,
        missing: None,
        short_of_quorum: None,
    };
    assert!(flaws(&meeting(vec![convened(), added(1), advised(40)])).is_empty());
    assert_eq!(flaws(&meeting(vec![convened(), added(1), advised(41)]))[0].code, "shares_not_100");
}

#[test]
fn a_recommendation_answers_what_was_asked() {
    use Recommendation::*;
    let answers = |question: Question| {
        [Assess, Refuse, Issue, NoPlan, Agree, Decline, Defer]
            .into_iter()
            .filter(move |r| question.is_answered_by(*r))
            .collect::<Vec<_>>()
    };
    assert_eq!(answers(Question::Assess), [Assess, Refuse, Defer]);
    assert_eq!(answers(Question::Plan), [Issue, NoPlan, Defer]);
    assert_eq!(answers(Question::PlacementOrFunding), [Agree, Decline, Defer]);
}
