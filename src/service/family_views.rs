//! What the family says for the assessment: its views, the child's, and that it wants mediation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cases::file_of;
use super::recording::{Receipt, Step, open_case, record};
use super::representations::{may_read, received, spoken_by};
use super::{Error, wrong};
use crate::access::Role;
use crate::db::Tx;
use crate::law::Matter;
use crate::record::*;
use crate::store::journal::{self, Details};

/// Gives views.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"whose": "child", "words": "I like building. I do not like the dinner hall because it is loud."}))]
pub struct GiveViews {
    /// Whose views: `parent`, `child` or `young_person`.
    pub whose: Voice,
    /// The views, in their own words as far as can be.
    #[schema(min_length = 1, max_length = 50_000)]
    pub words: String,
    /// Who else may read them: `shared` (unless told) is the child's school and whoever was asked for advice; `third_party` and
    /// `safeguarding` are the authority's staff alone. Other members of the family never do.
    pub visibility: Option<Visibility>,
    /// Where staff record them: who gave them, by their id in the child's relationships. That person then reads them. A family's
    /// own are its own.
    pub from: Option<RelationshipId>,
    /// The day they were received; today unless told. A family's own are received today.
    pub on: Option<NaiveDate>,
}

/// Views that were given.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FamilyViews)]
pub struct ViewsView {
    /// The entry.
    pub id: EventId,
    /// Whose they are.
    pub whose: Voice,
    /// The day they were given.
    pub given_on: Option<NaiveDate>,
    /// Who else may read them.
    pub visibility: Visibility,
    /// Whether the family member gave them through the API, or staff recorded them in that person's name.
    pub by_account: bool,
    /// What they are; null when erased.
    pub words: Option<String>,
}

/// Records views, and with the parent's or young person's own that the advice asked of the family has come.
pub fn give(tx: &mut Tx<'_>, case: CaseId, body: &GiveViews) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let on = received(tx, body.on)?;
    if body.whose == Voice::Setting {
        return Err(wrong("/whose", "not_the_familys", "Is given with advice, or for a review; here the family speaks."));
    }
    let account = spoken_by(tx, &loaded.file, body.from)?;
    if tx.permit().acts_as(Role::Family) {
        as_themselves(tx, &loaded.file, body.whose)?;
    }
    let visibility = body.visibility.unwrap_or(Visibility::of_contribution(Reader::Family));
    if !visibility.may_be_said_by(Reader::Family) {
        let words = "Is one of shared, third_party and safeguarding: the family's views are the family's.";
        return Err(wrong("/visibility", "not_of_a_family", words));
    }
    let given = Fact::ViewsGiven { case, whose: body.whose, visibility, account };
    let mut steps = vec![Step::on(tx, on, given).words(Some(body.words.clone()))];
    let entry = steps[0].event.0;
    if body.whose != Voice::Child {
        // The views of the child's parent or the young person are the advice that is asked of them (SEND Regulations 2014, reg. 6(1)(a)).
        let asked =
            loaded.case(case)?.advice.into_iter().find(|one| one.giver == crate::law::AdviceGiver::Family && one.is_awaited());
        let returned = asked.map(|one| Fact::AdviceReturned {
            case,
            advice: one.id,
            answer: None,
            document: None,
            visibility: Some(visibility),
        });
        steps.extend(returned.map(|fact| Step::on(tx, on, fact)));
    }
    record(tx, loaded, Action::GiveViews, case, entry, steps, &[])
}

/// Whether whoever speaks for themselves may say that these are theirs: a young person speaks as one, anybody else does not.
pub fn as_themselves(tx: &Tx<'_>, file: &File, whose: Voice) -> Result<(), Error> {
    let young = speaks_as_young_person(file, &tx.permit().caller().subject);
    let theirs = match whose {
        Voice::YoungPerson => young,
        Voice::Parent | Voice::Child => !young,
        Voice::Setting => false,
    };
    if theirs {
        return Ok(());
    }
    let words = "A young person gives their own views as young_person, a parent theirs as parent and the child's as child.";
    Err(wrong("/whose", "not_yours", words))
}

/// The views given in a case that the caller may read, the earliest first.
pub fn list(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<ViewsView>, Error> {
    let stored = journal::of_case(tx, case, None, Details::All)?;
    let file = file_of(&stored)?;
    let outside = tx.permit().reads_as().filter(|reader| matches!(reader, Reader::Setting | Reader::AdviceGiver));
    let readable = |visibility: Visibility| outside.is_some_and(|reader| visibility.seen_by(reader));
    let given = file.of_case(case).filter_map(|s| match &s.fact {
        Fact::ViewsGiven { whose, visibility, account, .. } if readable(*visibility) || may_read(tx, account.as_deref()) => {
            let detail = stored.iter().find(|one| one.entry.id == s.event).and_then(|one| one.detail.as_ref());
            Some(ViewsView {
                id: s.event,
                whose: *whose,
                visibility: *visibility,
                given_on: s.day(),
                by_account: account.is_some(),
                words: detail.and_then(|detail| detail.words.clone()),
            })
        }
        _ => None,
    });
    Ok(given.collect())
}

/// Says that the family wants mediation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"about": "refusal_to_assess", "words": "We want to talk about what the school has seen since the request."}))]
pub struct AskMediation {
    /// Which decision it is about.
    pub about: Matter,
    /// What they disagree with, and what they hope for.
    #[schema(max_length = 20_000)]
    pub words: Option<String>,
    /// Where staff record it: who said so, by their id in the child's relationships. A family says it for itself.
    pub from: Option<RelationshipId>,
    /// The day the authority was told; today unless told. A family tells it today.
    pub on: Option<NaiveDate>,
}

/// Records that the family wants mediation.
pub fn ask_mediation(tx: &mut Tx<'_>, case: CaseId, body: &AskMediation) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let on = received(tx, body.on)?;
    let account = spoken_by(tx, &loaded.file, body.from)?;
    super::representations::acts_in(tx, &loaded.file, CapacityFor::Appeal)?;
    let asked = Fact::MediationAsked { case, about: body.about, account };
    let step = Step::on(tx, on, asked).words(body.words.clone());
    let entry = step.event.0;
    record(tx, loaded, Action::AskMediation, case, entry, vec![step], &[])
}
