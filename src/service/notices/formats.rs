//! Who needs a notice in another form, by when, and when did they get it?

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sent::Reader;
use crate::db::Tx;
use crate::record::*;
use crate::service::identity::is_staff;
use crate::service::recording::{Receipt, dated, open_case, record};
use crate::service::{Error, wrong};

/// Asks for a notice in another form.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"format": "translation", "words": "Bengali", "requestedOn": "2026-02-18", "dueOn": "2026-02-25"}))]
pub struct RequestNoticeFormat {
    /// Which form.
    pub format: NoticeFormat,
    /// What is needed, such as which language.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
    /// Who asked, of the people around the child. For a family's token it is the person themselves.
    pub relationship: Option<RelationshipId>,
    /// The day it was asked for; today unless told. A family asking through the API leaves it out.
    pub requested_on: Option<NaiveDate>,
    /// The day by which it is promised. For staff.
    pub due_on: Option<NaiveDate>,
}

/// Records that a notice was provided in another form.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"means": "post", "providedOn": "2026-02-24"}))]
pub struct ProvideNoticeFormat {
    /// By what means.
    pub means: Means,
    /// The day; today unless told.
    pub provided_on: Option<NaiveDate>,
    /// A note for staff.
    #[schema(max_length = 2000)]
    pub words: Option<String>,
}

/// Records that somebody needs a notice in another form. A member of the family may ask for what was sent to them.
pub fn request_format(tx: &mut Tx<'_>, case: CaseId, notice: NoticeId, body: &RequestNoticeFormat) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let reader = Reader::of(tx, &loaded.file);
    let known = loaded.case(case)?.notices.into_iter().find(|known| known.id == notice && reader.may_see(known));
    known.ok_or(Error::NotFound("notice"))?;
    let staff = is_staff(tx);
    if !staff && (body.due_on.is_some() || body.requested_on.is_some_and(|day| day != tx.today())) {
        return Err(wrong(
            "/dueOn",
            "for_staff",
            "A request through the API is received today, and staff say by when it is met.",
        ));
    }
    let relationship = if staff { body.relationship } else { reader.relationship() };
    if let Some(asked) = body.relationship.filter(|_| staff)
        && !Related::all(&loaded.file).iter().any(|person| person.id == asked)
    {
        return Err(wrong("/relationship", "unknown_relationship", "Is nobody of the people around the child."));
    }
    let request: NoticeFormatId = tx.new_id();
    let account = if staff || relationship.is_some() { None } else { Some(tx.permit().caller().subject.clone()) };
    let (format, due_on) = (body.format, body.due_on);
    let fact = Fact::NoticeFormatRequested { case, notice, request, format, relationship, account, due_on };
    let step = dated(tx, "/requestedOn", body.requested_on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::RequestNoticeFormat, case, request.0, vec![step], &[])
}

/// Records that a notice was provided in the form somebody asked for.
pub fn provide_format(
    tx: &mut Tx<'_>,
    case: CaseId,
    notice: NoticeId,
    request: NoticeFormatId,
    body: &ProvideNoticeFormat,
) -> Result<Receipt, Error> {
    let loaded = open_case(tx, case)?;
    let of_case = loaded.case(case)?;
    let known = of_case.notices.iter().find(|known| known.id == notice).ok_or(Error::NotFound("notice"))?;
    known.formats.iter().find(|asked| asked.id == request).ok_or(Error::NotFound("notice_format"))?;
    let fact = Fact::NoticeFormatProvided { case, notice, request, means: body.means };
    let step = dated(tx, "/providedOn", body.provided_on, fact)?.words(body.words.clone());
    record(tx, loaded, Action::ProvideNoticeFormat, case, request.0, vec![step], &[])
}
