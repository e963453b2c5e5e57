//! Children and young people: who they are, and finding them by more than an id.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::as_of::Known;
use super::changes::{self, Asked, Mark};
use super::identity::{self, FormerName, former_names, identity_of, is_staff};
use super::recording::{Loaded, Receipt, Step, append, open_child};
use super::rights::{self, RightsView};
use super::year_groups::YearGroupView;
use super::{Error, FieldError};
use crate::db::Tx;
use crate::record::codes::{Ethnicity, NeedType, Postcode, Sex, Uln, Upn, UpnUnknownReason};
use crate::record::*;
use crate::store::{children, journal};

/// A child's identity as it is sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityInput {
    /// Given name.
    #[schema(example = "Amira", min_length = 1, max_length = 100)]
    pub given_name: String,
    /// Family name.
    #[schema(example = "Example", min_length = 1, max_length = 100)]
    pub family_name: String,
    /// Date of birth. Left out where it is not known: a letter that does not say is a request all the same.
    #[schema(example = "2017-03-14")]
    pub born_on: Option<NaiveDate>,
    /// Sex, as the national return records it.
    pub sex: Option<Sex>,
    /// Ethnicity, by the Department's code.
    #[schema(value_type = Option<Ethnicity>)]
    pub ethnicity: Option<String>,
    /// Unique pupil number; its check letter is verified.
    #[schema(value_type = Option<Upn>)]
    pub upn: Option<String>,
    /// Unique learner number; its check digit is verified.
    #[schema(value_type = Option<Uln>)]
    pub uln: Option<String>,
    /// Why there is neither a UPN nor a ULN.
    pub upn_unknown: Option<UpnUnknownReason>,
    /// Home postcode.
    #[schema(value_type = Option<Postcode>)]
    pub postcode: Option<String>,
    /// Needs, the primary one first.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub needs: Vec<NeedType>,
}

impl IdentityInput {
    /// The identity, once every identifier keeps its own rule.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that breaks one, below `at`.
    pub fn checked(&self, at: &str, today: NaiveDate) -> Result<Identity, Error> {
        let mut errors = Vec::new();
        if self.born_on.is_some_and(|born| born > today) {
            let words = "A request cannot be about a child not yet born.";
            errors.push(FieldError::new(format!("{at}/bornOn"), "born_after_request", words));
        }
        let ethnicity = parsed(&mut errors, at, "ethnicity", &self.ethnicity);
        let upn = parsed(&mut errors, at, "upn", &self.upn);
        let uln = parsed(&mut errors, at, "uln", &self.uln);
        let postcode = parsed(&mut errors, at, "postcode", &self.postcode);
        if self.upn_unknown.is_some() && (self.upn.is_some() || self.uln.is_some()) {
            let words = "Is given only where there is neither a UPN nor a ULN.";
            errors.push(FieldError::new(format!("{at}/upnUnknown"), "upn_known", words));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        Ok(Identity {
            given_name: self.given_name.trim().to_owned(),
            family_name: self.family_name.trim().to_owned(),
            born_on: self.born_on,
            sex: self.sex,
            ethnicity,
            upn,
            uln,
            upn_unknown: self.upn_unknown,
            postcode,
            needs: self.needs.clone(),
        })
    }
}

fn parsed<T: std::str::FromStr<Err = codes::Malformed>>(
    errors: &mut Vec<FieldError>,
    at: &str,
    field: &str,
    text: &Option<String>,
) -> Option<T> {
    match text.as_deref().map(str::parse) {
        Some(Ok(value)) => Some(value),
        Some(Err(malformed)) => {
            errors.push(FieldError::new(format!("{at}/{field}"), malformed.code(), malformed.words()));
            None
        }
        None => None,
    }
}

/// A child as they are shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChildView {
    /// The child's id.
    pub id: ChildId,
    /// Who they are; null when erased.
    pub identity: Option<Identity>,
    /// Their national curriculum year. Null: the date of birth is not known.
    pub year_group: Option<YearGroupView>,
    /// The names they had before. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<FormerName>,
    /// The day they died. Null: nothing of the kind is recorded.
    pub died_on: Option<NaiveDate>,
    /// Since when an officer is to confirm who holds the rights: the day after compulsory school age. For staff, until it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rights_to_confirm: Option<NaiveDate>,
    /// What officers confirmed of the rights, the latest last. For staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<RightsView>,
    /// Their cases, the latest request first.
    pub cases: Vec<CaseId>,
    /// Their plans.
    pub plans: Vec<PlanId>,
    /// The version of their file, for `If-Match`.
    pub version: i32,
}

/// A child registered without a request, for example before an import.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"identity": {"givenName": "Amira", "familyName": "Example", "bornOn": "2017-03-14"}}))]
pub struct RegisterChild {
    /// Who they are.
    pub identity: IdentityInput,
}

/// Opens a file for a child.
pub fn register(tx: &mut Tx<'_>, body: &RegisterChild) -> Result<Receipt, Error> {
    let identity = body.identity.checked("/identity", tx.today())?;
    let loaded = Loaded::new(tx.new_id());
    set_identity(tx, loaded, Fact::ChildRegistered {}, identity)
}

/// Sets a child's identity anew; what it was stays beside the entry that said so.
pub fn change_identity(tx: &mut Tx<'_>, child: ChildId, body: &RegisterChild, read: &[u64]) -> Result<Receipt, Error> {
    let identity = body.identity.checked("/identity", tx.today())?;
    let loaded = open_child(tx, child)?;
    super::must_match(&loaded.file, read)?;
    set_identity(tx, loaded, Fact::IdentityChanged {}, identity)
}

fn set_identity(tx: &mut Tx<'_>, loaded: Loaded, fact: Fact, identity: Identity) -> Result<Receipt, Error> {
    let mut step = Step::on(tx, tx.today(), fact);
    step.detail.identity = Some(identity);
    let head = journal::lock_head(tx)?;
    append(tx, head, loaded, vec![step], &[], &[])
}

/// One child.
pub fn show(tx: &mut Tx<'_>, child: ChildId) -> Result<ChildView, Error> {
    let stored = journal::of_child(tx, child, None, journal::Details::Identity)?;
    if stored.is_empty() {
        return Err(Error::NotFound("child"));
    }
    let file = File::fold(child, stored.iter().map(|s| &s.entry));
    let identity = identity::shown(tx, identity_of(&stored), address_hidden(&Related::all(&file)));
    let staff = is_staff(tx);
    let mut cases: Vec<_> = file.cases().collect();
    cases.reverse();
    let plans = file.plans().map(|(plan, _)| plan).collect();
    Ok(ChildView {
        id: child,
        former_names: if staff { former_names(&stored) } else { Vec::new() },
        died_on: died(&file).flatten(),
        year_group: identity
            .as_ref()
            .and_then(|identity| identity.born_on)
            .map(|born| YearGroupView::of(&file, born, tx.today())),
        rights_to_confirm: if staff { rights::to_confirm(&file, identity.as_ref(), tx.today()) } else { None },
        rights: if staff { Confirmed::all(&file).into_iter().map(RightsView::from).collect() } else { Vec::new() },
        identity,
        cases,
        plans,
        version: file.version,
    })
}

/// What to look for. Sent in a body, so that no name stands in a URL.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"familyName": "Example", "bornOn": "2017-03-14"}))]
pub struct SearchChildren {
    /// Family name, or how it begins.
    #[schema(min_length = 2, max_length = 100)]
    pub family_name: Option<String>,
    /// Given name, or how it begins.
    #[schema(min_length = 1, max_length = 100)]
    pub given_name: Option<String>,
    /// Date of birth.
    pub born_on: Option<NaiveDate>,
    /// Unique pupil number.
    #[schema(value_type = Option<Upn>)]
    pub upn: Option<String>,
}

/// A child found, or one line of the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChildLine {
    /// The child's id.
    pub id: ChildId,
    /// Who they are; null when erased.
    pub identity: Option<Identity>,
}

/// Children who match everything asked for, at most fifty, by name.
pub fn search(tx: &mut Tx<'_>, wanted: &SearchChildren) -> Result<Vec<ChildLine>, Error> {
    if wanted.family_name.is_none() && wanted.upn.is_none() && wanted.born_on.is_none() {
        let words = "Say at least a family name, a date of birth or a UPN.";
        return Err(Error::Invalid(vec![FieldError::new("", "nothing_to_search_for", words)]));
    }
    let found =
        children::search(tx, wanted.family_name.as_deref(), wanted.given_name.as_deref(), wanted.born_on, wanted.upn.as_deref())?;
    Ok(lines(tx, found))
}

/// Children the caller may see, by id, after one; those alone that changed since, where asked, with the mark for the next time.
pub fn list(
    tx: &mut Tx<'_>,
    after: Option<ChildId>,
    limit: i64,
    since: Option<Asked>,
) -> Result<(Option<Mark>, Known, Vec<ChildLine>), Error> {
    let known = Known::at(tx, None)?;
    let asked = changes::asked(tx, since, None)?;
    let found = children::list(tx, after, limit, asked.map(|(window, _)| window))?;
    Ok((asked.map(|(_, mark)| mark), known, lines(tx, found)))
}

fn lines(tx: &Tx<'_>, found: Vec<children::Found>) -> Vec<ChildLine> {
    let line =
        |found: children::Found| ChildLine { id: found.id, identity: identity::shown(tx, found.identity, found.address_hidden) };
    found.into_iter().map(line).collect()
}
