//! Entries to test with: one of every kind, and files made of any of them in any order.

use chrono::{DateTime, Days, NaiveDate};
use ehc_casework::law::{AdviceGiver, Matter, PhaseTransfer};
use ehc_casework::record::*;
use uuid::Uuid;

use crate::amendment_shapes::amendment_shapes;
use crate::placement_shapes::{at_home, every_kind_of_placement, taken_over};
use crate::review_shapes::review_shapes;

/// A day of January 2026 and after.
pub fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(offset)
}

/// An id that says what it is.
pub fn id<T: From<Uuid>>(kind: u8, number: u8) -> T {
    Uuid::from_u128((u128::from(kind) << 64) + u128::from(number)).into()
}

/// What the columns of a view's row hold.
pub fn columns(row: &Row) -> serde_json::Value {
    serde_json::from_str(&row.text).unwrap()
}

pub const CASE: u8 = 1;
pub const PLAN: u8 = 2;
pub const ADVICE: u8 = 3;
pub const REVIEW: u8 = 4;
pub const DRAFT: u8 = 5;
pub const STAFF: u8 = 6;
pub const ITEM: u8 = 7;
pub const CHILD: u8 = 8;
pub const EVENT: u8 = 9;
pub const CONSULTATION: u8 = 40;
pub const RELATIONSHIP: u8 = 10;
pub const NOTICE: u8 = 11;
pub const REFERRAL: u8 = 12;
pub const DOCUMENT: u8 = 13;
pub const PLACEMENT: u8 = 14;
pub const AMENDMENT: u8 = 15;
pub const PROVISION: u8 = 16;
pub const TRANSFER: u8 = 15;
pub const TRANSPORT: u8 = 25;
pub const PAYMENTS: u8 = 26;

/// A request received.
pub fn request() -> Fact {
    Fact::RequestReceived {
        case: id(CASE, 1),
        by: RequestedBy::School,
        setting: "urn:900001".parse().ok(),
        requester: None,
        reference: "2026/00001".into(),
        possible_duplicates: Vec::new(),
        detained: false,
    }
}

/// Facts of kinds that have more than one shape, in those that `every_kind` does not show; each with a name of its own.
pub fn other_shapes() -> Vec<(&'static str, Fact)> {
    let (case, plan, draft): (CaseId, PlanId, DraftId) = (id(CASE, 1), id(PLAN, 1), id(DRAFT, 1));
    let (one, other): (Organisation, Organisation) = ("urn:900002".parse().unwrap(), "urn:900003".parse().unwrap());
    let naming = |placement, health_provision| Fact::FinalPlanSent { case, plan, placement, health_provision };
    let drafted = |change| Fact::DraftPlanServed { case, draft, names_placement: false, change: Some(change) };
    let after = Placement::SuccessiveSettings { setting: one.clone(), until: day(10), then: other.clone(), from: day(40) };
    let mut shapes = vec![
        ("at_home", at_home()),
        ("setting", naming(Placement::Setting { setting: one.clone() }, Some(true))),
        ("two_settings", naming(Placement::TwoSettings { setting: one, and: other }, Some(false))),
        ("successive_settings", naming(after, None)),
        ("neither", naming(Placement::Neither, None)),
        ("parents_arrangements", naming(Placement::ParentsArrangements, None)),
        ("first", drafted(DraftChange::First)),
        ("by_authority", drafted(DraftChange::ByAuthority)),
        ("asked_by_family", drafted(DraftChange::AskedByFamily)),
        ("allocated", taken_over(Some(id(STAFF, 1)))),
    ];
    shapes.extend(amendment_shapes(case, plan));
    shapes.extend(review_shapes(plan, id(REVIEW, 1)));
    shapes
}

/// One fact of every kind.
pub fn every_kind() -> Vec<Fact> {
    let (case, plan, review, advice): (CaseId, PlanId, ReviewId, AdviceId) =
        (id(CASE, 1), id(PLAN, 1), id(REVIEW, 1), id(ADVICE, 1));
    let (officer, item, child): (StaffId, ItemId, ChildId) = (id(STAFF, 1), id(ITEM, 1), id(CHILD, 1));
    let asked: ReviewRequestId = id(REVIEW, 2);
    let mut kinds = vec![
        Fact::ChildRegistered {},
        Fact::IdentityChanged {},
        Fact::ToldApart { from: id(CHILD, 2) },
        Fact::YearGroupSet { offset: -1, from: SchoolYear(2026), why: YearGroupReason::HeldBack },
        Fact::RelationshipRecorded {
            relationship: id(RELATIONSHIP, 1),
            terms: Relationship {
                kind: RelationshipKind::SocialWorker,
                parental_responsibility: false,
                lives_with: true,
                receives_notices: true,
                court_restriction: Some(CourtRestriction::NoContact),
                hidden_address: true,
                account: Some("issuer|somebody".into()),
                authority: "309".parse().ok(),
                from: day(0),
                to: Some(day(300)),
            },
        },
        Fact::RelationshipEnded { relationship: id(RELATIONSHIP, 1) },
        Fact::RightsConfirmed {
            held: RightsHeld::ByRepresentative {
                decision: CapacityFor::Appeal,
                relationship: id(RELATIONSHIP, 1),
                acts_as: ActsAs::Deputy,
            },
            parents_keep_access: false,
            officer,
        },
        Fact::IdentitySealed {},
        Fact::ChildDied {},
        Fact::ReferralMade {
            referral: id(REFERRAL, 1),
            service: Specialism::Neurodevelopmental,
            organisation: "ods:RF4".parse().ok(),
            case: Some(case),
        },
        Fact::ReferralSeen { referral: id(REFERRAL, 1) },
        Fact::ReferralTreated { referral: id(REFERRAL, 1) },
        Fact::ReferralEnded { referral: id(REFERRAL, 1), why: ReferralEnd::Completed },
        request(),
        Fact::RequestJoined {
            case,
            by: RequestedBy::YouthAccommodation,
            setting: None,
            requester: Some("issuer|somebody".into()),
            detained: true,
        },
        Fact::NotificationEffectRecorded { case, request: id(EVENT, 3), effect: NotificationEffect::BroughtToAttention, officer },
        Fact::TakenAsReassessment { case, officer },
        Fact::CaseAllocated { case, case_worker: officer },
        Fact::AssessmentDecided { case, outcome: AssessmentOutcome::Assess, officer, item: Some(item) },
        Fact::AssessmentDecisionNotified { case },
        Fact::AdviceRequested {
            case,
            advice,
            giver: AdviceGiver::Psychology,
            organisation: "ods:RF4".parse().ok(),
            specialism: None,
        },
        Fact::AdviceRequestReceived { case, advice },
        Fact::AdviceReturned { case, advice, answer: None, visibility: None, document: None },
        Fact::AdviceDelayed { case, advice, reason: DelayReason::StaffShortage, expected_on: Some(day(60)) },
        Fact::AdviceAllocated {
            case,
            advice,
            employment: Employment::Locum,
            organisation: "local:locum-psychologists".parse().ok(),
            visit_on: None,
        },
        Fact::AdviceVisited { case, advice },
        Fact::AdviceSignedOff { case, advice },
        Fact::AdviceChased { case, advice, means: ChaserMeans::Telephone },
        Fact::AdviceJudged {
            case,
            advice,
            judgement: AdviceJudgement::NotSufficient,
            unmet: vec![AdviceCriterion::Specific, AdviceCriterion::Quantified],
            sent_back: true,
            visibility: Visibility::Shared,
        },
        Fact::AdviceReused {
            case,
            advice: id(ADVICE, 2),
            giver: AdviceGiver::Health,
            organisation: "ods:RF4".parse().ok(),
            advice_of: day(0),
            giver_agreed_on: Some(day(40)),
            authority_agreed_on: Some(day(41)),
            family_agreed_on: None,
        },
        Fact::ExceptionClaimed {
            case,
            paragraph: "X13.3d".into(),
            from: day(10),
            to: day(45),
            setting: None,
            advice: None,
            asked_on: None,
        },
        Fact::ExceptionTold { case, claim: id(EVENT, 5) },
        Fact::ExceptionWithdrawn { case, claim: id(EVENT, 5) },
        Fact::DelayTold {
            case,
            reason: DelayReason::StaffShortage,
            advice: Some(advice),
            expected_by: day(200),
            recipients: Vec::new(),
        },
        Fact::ViewsGiven { case, whose: Voice::Child, visibility: Visibility::Shared, account: Some("issuer|parent".into()) },
        Fact::MediationAsked { case, about: Matter::Contents, account: None },
        Fact::MediationHeld { case, about: Matter::RefusalToAssess },
        Fact::AppealRegistered { case, about: Matter::NoPlan },
        Fact::AppealEnded { case, appeal: id(EVENT, 7), outcome: AppealOutcome::Dismissed, order: None, comply_by: None },
        Fact::PlanDecided { case, outcome: PlanOutcome::Issue, officer, item: None },
        Fact::PlanDecisionNotified { case },
        Fact::RefusalReversed { case, about: Refused::RefusalToAssess, by: ReversedBy::Mediation },
        Fact::DraftPlanServed { case, draft: id(DRAFT, 1), names_placement: false, change: None },
        Fact::RepresentationsMade { case, draft: id(DRAFT, 1), sections: vec!["B".into(), "F".into()], account: None },
        Fact::RepresentationsComplete { case, draft: id(DRAFT, 1), account: Some("issuer|parent".into()) },
        Fact::SettingRequested { case, setting: "urn:900002".parse().unwrap(), account: None },
        Fact::OfficerMet { case, officer },
        Fact::ConsultationSent {
            case,
            consultation: id(CONSULTATION, 1),
            setting: "urn:900003".parse().unwrap(),
            other_authority: "309".parse().ok(),
            transfer: None,
        },
        Fact::ConsultationReceived { case, consultation: id(CONSULTATION, 1) },
        Fact::ConsultationAnswered {
            case,
            consultation: id(CONSULTATION, 1),
            answer: ConsultationAnswer::Conditional,
            yearly_cost: None,
        },
        Fact::ConsultationWithdrawn { case, consultation: id(CONSULTATION, 1) },
        Fact::HealthProvisionAgreed { case, health_body: "ods:QMF".parse().unwrap() },
        Fact::FinalPlanSent {
            case,
            plan,
            placement: Placement::Type { setting_type: codes::SettingType::MaintainedSpecialSchool },
            health_provision: None,
        },
        Fact::NoticeSent {
            case,
            notice: id(NOTICE, 1),
            notice_kind: NoticeKind::FinalPlan,
            dated: day(120),
            draft: None,
            plan: Some(plan),
            review: None,
            amendment: None,
            notification: Some(id(EVENT, 6)),
            elsewhere: true,
            missing: vec![NoticeItem::RightOfAppeal],
        },
        Fact::NoticeSentTo {
            case,
            notice: id(NOTICE, 1),
            recipient: RecipientKind::HealthBody,
            relationship: Some(id(RELATIONSHIP, 1)),
            organisation: "ods:RF4".parse().ok(),
            account: Some("issuer|somebody".into()),
            means: Means::Email,
        },
        Fact::NoticeFormatRequested {
            case,
            notice: id(NOTICE, 1),
            request: id(NOTICE, 2),
            format: NoticeFormat::EasyRead,
            relationship: Some(id(RELATIONSHIP, 1)),
            account: None,
            due_on: Some(day(130)),
        },
        Fact::NoticeFormatProvided { case, notice: id(NOTICE, 1), request: id(NOTICE, 2), means: Means::ByHand },
        Fact::DocumentFiled {
            case,
            document: id(DOCUMENT, 1),
            file: id(DOCUMENT, 2),
            role: DocumentRole::Advice,
            about: Some(id::<AdviceId>(ADVICE, 1).0),
            visibility: Visibility::Internal,
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            bytes: 52_428,
            media_type: "application/pdf".into(),
            organisation: "ods:RF4".parse().ok(),
            account: Some("issuer|somebody".into()),
        },
        taken_over(None),
        Fact::RequestWithdrawn { case, request: None },
        Fact::ResponsibilityEnded { case, why: WhyNotResponsible::Moved, forwarded_to: "309".parse().ok() },
        Fact::ReviewRequested {
            plan,
            request: asked,
            by: RequestedBy::Parent,
            account: Some("issuer|somebody".into()),
            organisation: None,
        },
        Fact::ReviewRequestAnswered { plan, request: asked, answer: ReviewRequestAnswer::Agreed, officer },
        Fact::review_meeting_planned(plan, review, day(400)),
        Fact::ReviewInvitationsSent { plan, review, to: vec![ReviewParty::Family, ReviewParty::SocialCare] },
        Fact::ReviewPapersSent { plan, review, to: vec![ReviewParty::Family] },
        Fact::ReviewMeetingMissed { plan, review, because: MissedBecause::FamilyAway },
        Fact::ReviewViewsGiven { plan, review, whose: Voice::Setting, account: None, organisation: "urn:900001".parse().ok() },
        Fact::review_meeting_held(plan, review),
        Fact::review_report_sent(plan, review),
        Fact::ReviewDecided { plan, review, outcome: ReviewOutcome::Maintain, officer },
        Fact::ReviewDecisionNotified { plan, review },
        Fact::AmendmentNoticeSent {
            plan,
            amendment: id(AMENDMENT, 1),
            review: Some(review),
            officer,
            sections: vec!["F".into(), "I".into()],
        },
        Fact::AmendmentNoticeServed { plan, amendment: id(AMENDMENT, 1) },
        Fact::AmendmentRepresentationsMade {
            plan,
            amendment: id(AMENDMENT, 1),
            sections: vec!["F".into()],
            complete: true,
            account: Some("issuer|parent".into()),
        },
        Fact::AmendmentDeclined { plan, amendment: id(AMENDMENT, 2), officer },
        Fact::AmendedPlanSent {
            plan,
            amendment: id(AMENDMENT, 1),
            review: None,
            appeal: None,
            placement: Placement::Neither,
            officer,
            sections: vec!["F".into(), "G".into()],
            health_provision: true,
        },
        Fact::CessationStepTaken { plan, step: CessationStep::SettingConsulted },
        Fact::CessationDecided { plan, officer },
        Fact::CessationNotified { plan },
        Fact::PlanCeased { plan, reason: CeaseReason::NeedsMet },
        Fact::ProvisionArranged {
            plan,
            provision: id(PROVISION, 1),
            provision_kind: ProvisionKind::SpeechAndLanguageTherapy,
            provider: "ods:RF4".parse().ok(),
            from: day(240),
            minutes: Some(60),
            per: Some(PerTime::Week),
        },
        Fact::ProvisionEnded { plan, provision: id(PROVISION, 1), last_day: day(500) },
        Fact::ProvisionDelivered { plan, provision: id(PROVISION, 1) },
        Fact::ProvisionUndelivered {
            plan,
            provision: id(PROVISION, 1),
            shortfall: id(PROVISION, 2),
            from: day(240),
            to: Some(day(340)),
            why: WhyUndelivered::Vacancy,
            partly: true,
        },
        Fact::ProvisionRemedied { plan, provision: id(PROVISION, 1), shortfall: id(PROVISION, 2), remedy: Remedy::MadeUp },
        Fact::PhaseTransferPlanned {
            plan,
            transfer: id(TRANSFER, 1),
            transfer_kind: PhaseTransfer::PrimaryToSecondary,
            transfer_on: day(600),
            from_setting: "urn:900001".parse().ok(),
        },
        Fact::PhaseTransferNotDue { plan, transfer: id(TRANSFER, 2), transfer_on: day(600), why: WhyNotDue::StaysInSetting },
        Fact::MeetingConvened {
            panel: "EHC panel".into(),
            members: vec!["issuer|member".into()],
            panel_kind: None,
            chair: None,
            agencies: None,
            quorum: None,
            quorum_agencies: None,
            interval_days: None,
        },
        Fact::ItemAdded { item, child, case, why: None, question: None, yearly_cost: None, follows: None },
        Fact::Recommended {
            item,
            child,
            case,
            recommendation: Recommendation::Assess,
            met: None,
            not_met: None,
            dissent: None,
            shares: None,
            health_agreed: None,
            missing: None,
            short_of_quorum: None,
        },
        Fact::AgendaSet {
            order: vec![item],
            times: chrono::NaiveTime::from_hms_opt(9, 30, 0).map(|at| (item, at)).into_iter().collect(),
        },
        Fact::PapersChosen { item, child, case, papers: vec![id(EVENT, 3)] },
        Fact::ConflictDeclared { item, child, case, member: "issuer|member".into() },
        Fact::AttendanceRecorded { present: vec!["issuer|member".into()], apologies: vec!["issuer|other".into()] },
        Fact::MinutesTaken { item: Some(item), child: Some(child), case: Some(case) },
        Fact::MeetingClosed {},
        Fact::Corrected { of: id(EVENT, 3), occurred_on: Some(day(1)), fact: Box::new(request()) },
        Fact::Struck { of: id(EVENT, 3) },
        Fact::RegisterAdopted { version: "2027-01-01".into(), from: "2026-11-22".into(), digest: "00ff".into() },
        Fact::ReviewListSent { term: day(360), settings: vec!["urn:900001".parse().unwrap()] },
        Fact::TrailSealed { up_to: 42, rows: 40, digest: "00ff".into() },
    ];
    kinds.extend(every_kind_of_placement());
    kinds
}

/// Facts of a panel with everything that can be left out of them: of every kind that was kept with less before.
pub fn panel_facts_in_full() -> Vec<Fact> {
    let (item, child, case): (ItemId, ChildId, CaseId) = (id(ITEM, 1), id(CHILD, 1), id(CASE, 1));
    vec![
        Fact::MeetingConvened {
            panel: "EHC panel".into(),
            members: vec!["issuer|member".into()],
            panel_kind: Some("ehc-panel".into()),
            chair: Some("issuer|member".into()),
            agencies: Some([("issuer|member".to_owned(), Agency::Health)].into()),
            quorum: Some(3),
            quorum_agencies: Some(vec![Agency::Health]),
            interval_days: Some(14),
        },
        Fact::ItemAdded {
            item,
            child,
            case,
            why: Some(vec![Why::Complex, Why::JointFunding]),
            question: Some(Question::Assess),
            yearly_cost: Some(24_000),
            follows: Some(id(ITEM, 2)),
        },
        Fact::Recommended {
            item,
            child,
            case,
            recommendation: Recommendation::Assess,
            met: Some(vec![Limb::HasOrMayHaveNeeds]),
            not_met: Some(vec![Limb::MayNeedPlan]),
            dissent: Some(vec!["issuer|member".into()]),
            shares: Some([(Agency::Education, 60), (Agency::Health, 40)].into()),
            health_agreed: Some(true),
            missing: Some(Vec::new()),
            short_of_quorum: Some(true),
        },
    ]
}

/// An entry of the child's file, at a place in the stream.
pub fn entry(seq: i32, event: EventId, on: Option<NaiveDate>, fact: Fact) -> Entry {
    Entry {
        authority: AuthorityId(311),
        position: i64::from(seq),
        id: event,
        stream: Stream::Child(id(CHILD, 1)),
        seq,
        child: Some(id(CHILD, 1)),
        occurred: on.map_or_else(Occurred::unknown, Occurred::on),
        recorded_at: DateTime::from_timestamp(1_767_603_600 + i64::from(seq), 0).unwrap(),
        by: Recorder {
            actor: "issuer|somebody".into(),
            capacity: "case_worker".into(),
            organisation: None,
            on_behalf_of: None,
            request_id: Uuid::nil(),
        },
        body: Body::of(fact),
    }
}

/// A file of facts, each on its day.
pub fn file(facts: Vec<(u64, Fact)>) -> File {
    let entries: Vec<_> = facts
        .into_iter()
        .enumerate()
        .map(|(at, (on, fact))| entry(at as i32 + 1, id(EVENT, at as u8 + 1), Some(day(on)), fact))
        .collect();
    File::fold(id(CHILD, 1), &entries)
}
