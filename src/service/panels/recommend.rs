//! What a panel advises on an item; and, where an officer with the power to decide sits on it, the decision with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Member, Opened, Steps, add, append, open, peek, refused, subjects};
use crate::access::{self, Ask};
use crate::db::Tx;
use crate::record::*;
use crate::service::decisions::{self, Decide};
use crate::service::recording::{self, Acknowledge, Hand, Receipt, Step, accept, not_future, open_case};
use crate::service::{Error, FieldError, wrong};
use crate::store::journal::{self, Batch};
use crate::store::panels;

/// A member who did not agree.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dissent {
    /// The member.
    pub member: Member,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub why: String,
}

/// What an agency is to bear of the yearly cost.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Share {
    /// The agency.
    pub agency: Agency,
    /// Its percentage.
    #[schema(minimum = 0, maximum = 100)]
    pub percent: u8,
}

/// An officer's decision made in the room.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "assess", "reasons": "Both limbs of s. 36(8) are met."}))]
pub struct DecideInTheRoom {
    /// What was decided: `assess` or `refuse` where the panel was asked whether to assess, `issue` or `no_plan` where it was asked
    /// whether to make a plan.
    pub outcome: DecisionOutcome,
    /// The reasons, which the family is told.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// Of a refusal: what support the child gets instead, from whom, by when. The family reads it with the reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub way_forward: Vec<WayForward>,
    /// Why the decision is not what the panel recommended. Needed when it is not.
    #[schema(min_length = 1, max_length = 5000)]
    pub differs_because: Option<String>,
    /// The day the family was notified, if that is done already.
    pub notified_on: Option<NaiveDate>,
    /// Concerns accepted, with reasons.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub acknowledge: Vec<Acknowledge>,
}

/// Records what the panel recommended on an item.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "recommendation": "assess", "reasons": "The legal test is met.", "met": ["has_or_may_have_needs", "may_need_plan"]
}))]
pub struct Recommend {
    /// What the panel recommended; `defer` where it could not say yet.
    pub recommendation: Recommendation,
    /// Its reasons against the legal test.
    #[schema(min_length = 1, max_length = 20_000)]
    pub reasons: String,
    /// The day; today unless told.
    pub on: Option<NaiveDate>,
    /// Limbs of the legal test that the panel found met. Each limb of the question asked must stand here or in `notMet`, unless
    /// the panel defers.
    #[serde(default)]
    #[schema(max_items = 3)]
    pub met: Vec<Limb>,
    /// Limbs that it found not met.
    #[serde(default)]
    #[schema(max_items = 3)]
    pub not_met: Vec<Limb>,
    /// Members who did not agree, and why.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub dissent: Vec<Dissent>,
    /// How agencies are to share the yearly cost; adds up to 100.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub shares: Vec<Share>,
    /// Whether the health body agreed its share.
    pub health_agreed: Option<bool>,
    /// Of a deferral, what is missing; at least one thing.
    #[serde(default)]
    #[schema(max_items = 7)]
    pub missing: Vec<Missing>,
    /// Why the panel advised although fewer were there than the authority's own rule asks for. Needed then. The rule is the
    /// authority's, not the law's.
    #[schema(min_length = 1, max_length = 2000)]
    pub without_quorum_because: Option<String>,
    /// The decision, where an officer with the power to decide sits on the panel and decides in the room.
    pub decision: Option<DecideInTheRoom>,
}

/// Records what the panel recommended, and the decision if one was made in the room.
pub fn recommend(tx: &mut Tx<'_>, meeting: MeetingId, item: ItemId, body: &Recommend) -> Result<Receipt, Error> {
    let Some(decision) = &body.decision else {
        let opened = open(tx, meeting)?;
        let steps = advice(tx, &opened, item, body)?;
        return append(tx, meeting, opened.entries, steps, item.0);
    };
    // Children's files are locked before meetings, meetings before the end of the journal.
    let case = peek(tx, meeting)?.item(item).ok_or(Error::NotFound("agenda_item"))?.case;
    let mut loaded = open_case(tx, case)?;
    let opened = open(tx, meeting)?;
    let caller = tx.permit().caller().clone();
    let child = opened.item(item)?.child;
    if !opened.meeting.members.contains(&caller.subject) || opened.meeting.conflicted(child).any(|m| m == caller.subject) {
        let words = "Only an officer who sits on the panel, and has no conflict of interest, decides in the room; others decide \
                     in the case itself.";
        return Err(wrong("/decision", "not_on_the_panel", words));
    }
    let officer = decisions::officer(tx, None)?;
    let decided = Decide {
        outcome: decision.outcome,
        reasons: decision.reasons.clone(),
        way_forward: decision.way_forward.clone(),
        officer: None,
        decided_on: body.on,
        notified_on: decision.notified_on,
        panel_item: Some(item),
        differs_because: decision.differs_because.clone(),
        acknowledge: decision.acknowledge.clone(),
    };
    let action = decision.outcome.action();
    let question = opened.item(item)?.question;
    let asked = match action {
        Action::DecideAssessment => Question::Assess,
        _ => Question::Plan,
    };
    if question.is_some_and(|question| question != asked) {
        return Err(wrong("/decision/outcome", "no_answer", "Does not answer what the panel was asked."));
    }
    let permit = access::permit(&caller, Ask::Record(action)).map_err(|refused| Error::NotPermitted(refused.0.as_str()))?;
    let advice = advice(tx, &opened, item, body)?;
    let steps = decisions::steps(tx, "/decision", (case, officer), &decided, Some(body.recommendation))?;
    let accepted = accept(tx.today(), &loaded, action, case, &steps, &decision.acknowledge)?;
    let mut head = journal::lock_head(tx)?;
    let mut batch = Batch::default();
    let mut receipt = add(Hand::of(tx), &mut head, &mut batch, meeting, opened.entries, advice, item.0)?;
    let hand = Hand { permit: &permit, ..Hand::of(tx) };
    let last = recording::enter(hand, &mut head, &mut batch, &mut loaded, steps, &accepted, &decision.acknowledge);
    if let Some((position, recorded_at)) = last {
        (receipt.position, receipt.recorded_at, receipt.concerns) = (position, recorded_at, accepted);
    }
    journal::write(tx, head, batch)?;
    Ok(receipt)
}

/// What is entered for the advice on an item; every field that is wrong is told.
fn advice(tx: &Tx<'_>, opened: &Opened, item: ItemId, body: &Recommend) -> Result<Steps, Error> {
    let found = opened.item(item)?;
    if found.advised.is_some() {
        return Err(refused(
            "already_recorded",
            "the panel's recommendation on this item already stands; correct or strike that one",
        ));
    }
    let mut errors = Vec::new();
    let mut add = |pointer: &str, code, words: &str| errors.push(FieldError::new(pointer, code, words));
    let day = body.on.unwrap_or(tx.today());
    let defers = body.recommendation == Recommendation::Defer;
    if let Some(question) = found.question {
        if !question.is_answered_by(body.recommendation) {
            add("/recommendation", "no_answer", "Does not answer what the panel was asked.");
        }
        let told: Vec<_> = body.met.iter().chain(&body.not_met).collect();
        if !defers && question.limbs().iter().any(|limb| !told.contains(&limb)) {
            add("/met", "required", "Say of each limb of the legal test, here or in notMet, whether the panel found it met.");
        }
        if told.iter().any(|limb| !question.limbs().contains(limb)) {
            add("/met", "other_test", "Names a limb that is no part of the legal test for what was asked.");
        }
        if body.met.iter().any(|limb| body.not_met.contains(limb)) {
            add("/notMet", "both", "Names a limb that was found met.");
        }
    }
    if defers && body.missing.is_empty() {
        add("/missing", "required", "Say what is missing, so that the next meeting can have it.");
    }
    if !defers && !body.missing.is_empty() {
        add("/missing", "not_deferred", "Nothing is missing where the panel made its recommendation.");
    }
    let members = &opened.meeting.members;
    let conflicted: Vec<_> = opened.meeting.conflicted(found.child).collect();
    for (at, dissent) in body.dissent.iter().enumerate() {
        if !members.contains(&dissent.member.0) || conflicted.contains(&dissent.member.0.as_str()) {
            add(&format!("/dissent/{at}/member"), "not_a_member", "Does not sit on this panel, or took no part in the item.");
        }
    }
    let shares: BTreeMap<_, _> = body.shares.iter().map(|share| (share.agency, share.percent)).collect();
    let total: u32 = shares.values().copied().map(u32::from).sum();
    if shares.len() < body.shares.len() {
        add("/shares", "named_twice", "Names an agency twice.");
    } else if !shares.is_empty() && total != 100 {
        add("/shares", "shares_not_100", "Must add up to 100.");
    }
    let short = opened.meeting.quorum_for(Some(found)).is_some_and(|quorum| !quorum.met);
    if short && body.without_quorum_because.is_none() {
        let words = "Fewer members count as present than the authority's own rule for this kind of panel asks for (the law has no \
                     such rule): record who came, or say why the panel advised without them.";
        add("/withoutQuorumBecause", "no_quorum", words);
    }
    if !short && body.without_quorum_because.is_some() {
        add(
            "/withoutQuorumBecause",
            "quorum_met",
            "Is for meetings that fall short of the authority's own rule; this one does not.",
        );
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let day = not_future(tx, "/on", day)?;
    let (child, case) = (found.child, found.case);
    let limbs = |limbs: &[Limb]| Some(limbs.iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    let dissenters: Vec<_> = body.dissent.iter().map(|dissent| dissent.member.clone()).collect();
    let fact = Fact::Recommended {
        item,
        child,
        case,
        recommendation: body.recommendation,
        met: limbs(&body.met),
        not_met: limbs(&body.not_met),
        dissent: Some(subjects(&dissenters)),
        shares: Some(shares),
        health_agreed: body.health_agreed,
        missing: Some(body.missing.clone()),
        short_of_quorum: Some(short),
    };
    let mut step = Step::on(tx, day, fact).words(Some(body.reasons.clone()));
    step.detail.dissent = body.dissent.iter().map(|dissent| (dissent.member.0.clone(), dissent.why.clone())).collect();
    step.detail.without_quorum = body.without_quorum_because.clone();
    Ok(vec![(Some(child), step)])
}

/// That an item is this case's and carries a recommendation, so that a decision can cite it; gives the recommendation.
pub fn must_be_recommended(tx: &mut Tx<'_>, pointer: &str, item: ItemId, case: CaseId) -> Result<Recommendation, Error> {
    match panels::recommendation(tx, item)? {
        Some((of, recommended)) if of == case => recommended
            .and_then(|word| serde_json::from_value(word.into()).ok())
            .ok_or_else(|| wrong(pointer, "no_recommendation", "Carries no recommendation yet.")),
        _ => Err(wrong(pointer, "unknown_item", "Is no item about this case.")),
    }
}
