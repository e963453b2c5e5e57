//! Which contacts were there in a case, as far as this caller may read them?

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read;
use crate::db::Tx;
use crate::record::*;
use crate::service::as_of::{AsOf, Known};
use crate::service::identity::is_staff;
use crate::service::{Cause, Error};
use crate::store::cases;
use crate::store::contacts::{self, ContactRow};

/// Who recorded something.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedBy {
    /// The member of staff, as `/v1/staff` has them; null when the directory does not know them.
    pub staff: Option<StaffId>,
    /// Their name.
    pub name: Option<String>,
}

/// Something that was agreed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AgreedAction)]
pub struct AgreedView {
    /// Its id, for `/v1/reminders/{reminderId}/done`.
    pub id: ReminderId,
    /// What.
    pub what: String,
    /// Who does it.
    pub who: Whom,
    /// By when.
    pub by: Option<NaiveDate>,
    /// When it was marked as done.
    pub done_at: Option<DateTime<Utc>>,
}

/// That a contact was struck.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StruckContact)]
pub struct StruckView {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: String,
}

/// A contact.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Contact)]
pub struct ContactView {
    /// Its id.
    pub id: ContactId,
    /// By what means.
    pub means: ContactMeans,
    /// Who turned to whom; null for a meeting or a visit.
    pub direction: Option<Direction>,
    /// The day.
    pub on: NaiveDate,
    /// The time of the day in London, where it is known.
    pub time: Option<TimeOfDay>,
    /// With whom.
    pub with: Vec<Whom>,
    /// What was said.
    pub said: String,
    /// What was agreed.
    pub agreed: Vec<AgreedView>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Who recorded it.
    pub recorded_by: RecordedBy,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// The contact it puts right. For staff.
    pub replaces: Option<ContactId>,
    /// The contact that took its place: this one no longer stands. For staff.
    pub replaced_by: Option<ContactId>,
    /// That it was struck: it no longer stands. For staff.
    pub struck: Option<StruckView>,
}

/// The contacts of a case, the latest first. Staff see all, also those that were replaced or struck; a member of the family, and a
/// setting, those that stand and are shared with them.
pub fn list(
    tx: &mut Tx<'_>,
    case: CaseId,
    before: Option<(NaiveDate, ContactId)>,
    limit: i64,
    as_of: Option<AsOf>,
) -> Result<(Known, Vec<ContactView>), Error> {
    let known = Known::at(tx, as_of)?;
    let at = as_of.map_or(tx.now(), AsOf::instant);
    cases::child_of(tx, case)?.ok_or(Error::NotFound("case"))?;
    let staff = is_staff(tx);
    let rows = contacts::of_case(tx, case, at, before, limit)?;
    let views = rows.into_iter().map(|row| view(row, at, staff)).collect::<Result<_, _>>()?;
    Ok((known, views))
}

/// What was agreed, as the store gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    id: Uuid,
    due_on: Option<NaiveDate>,
    done_at: Option<DateTime<Utc>>,
    content: Agreed,
}

/// A contact as it stood at an instant.
fn view(row: ContactRow, at: DateTime<Utc>, staff: bool) -> Result<ContactView, Error> {
    let ContactContent { means, direction, time, with, said } = read(&row.content)?;
    let by_then = |when: Option<DateTime<Utc>>| when.filter(|when| *when <= at);
    let agreed: Vec<Kept> = read(&row.agreed)?;
    let struck = by_then(row.struck_at).zip(row.struck_why).map(|(at, why)| StruckView { at, why });
    let replaced = by_then(row.replaced_at).and(row.replaced_by);
    Ok(ContactView {
        id: ContactId(row.id),
        means,
        direction,
        on: row.happened_on,
        time,
        with,
        said,
        agreed: agreed
            .into_iter()
            .map(|kept| AgreedView {
                id: ReminderId(kept.id),
                what: kept.content.what,
                who: kept.content.who,
                by: kept.due_on,
                done_at: by_then(kept.done_at),
            })
            .collect(),
        visibility: row.visibility.parse().map_err(|unknown| Error::Unexpected(Cause::new(unknown)))?,
        recorded_by: RecordedBy { staff: row.staff.map(StaffId), name: row.staff_name },
        recorded_at: row.recorded_at,
        replaces: row.replaces.filter(|_| staff).map(ContactId),
        replaced_by: replaced.filter(|_| staff).map(ContactId),
        struck: struck.filter(|_| staff),
    })
}
