//! `/v1/phase-transfers`: children who change the phase of education, from the list that is proposed to the setting that is named.

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::asker::{Asker, Recorded};
use super::body::ValidJson;
use super::changes::{Changes, SinceWhen, begins};
use super::example;
use super::idempotency::IdempotencyKey;
use super::moment::Moment;
use super::page::{Cursor, Limit, WholeAsOf};
use super::problem::Problem;
use super::query::ValidQuery;
use crate::access::Ask;
use crate::db::Tx;
use crate::law::PhaseTransfer;
use crate::record::{Action, Organisation};
use crate::service::phase_transfers::{
    self, ConfirmTransfers, ConsultForTransfers, PhaseTransfersLine, TransferFilter, TransferProgress, TransferView,
    TransfersConsulted, TransfersSettled,
};

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_phase_transfers).service(confirm_phase_transfers).service(consult_for_phase_transfers);
    cfg.service(count_phase_transfers);
}

/// Which changes of phase.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListPhaseTransfers {
    /// The calendar year of the move; unless told, that of the next 1 September.
    #[param(minimum = 2015, maximum = 2100, example = 2028)]
    year: Option<i32>,
    /// Only those that have come this far; repeated, any of these.
    #[serde(default)]
    #[param(inline)]
    progress: Vec<TransferProgress>,
    /// Only these changes of phase; repeated, any of them.
    #[serde(default)]
    #[param(inline)]
    kind: Vec<PhaseTransfer>,
    /// Only from this setting, by its id in `/v1/settings`.
    #[param(inline)]
    from_setting: Option<Organisation>,
    /// Only of children of whom anything was recorded, or who came into sight, since then: what `since` of the answer before said, or an
    /// instant (`2026-02-01T09:30:00Z`) to begin with. Not together with `asOf`.
    #[param(inline)]
    since: Option<SinceWhen>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
    /// Rows of a page.
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// Where the page begins: `nextCursor` of the page before.
    #[param(inline)]
    cursor: Option<Cursor>,
}

/// Which year.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountPhaseTransfers {
    /// The calendar year of the move; unless told, that of the next 1 September.
    #[param(minimum = 2015, maximum = 2100, example = 2028)]
    year: Option<i32>,
    /// Answer as at the end of this day (`2026-02-01`) or at this instant (`2026-02-01T09:30:00Z`).
    #[param(inline)]
    as_of: Option<Moment>,
}

/// List phase transfers
///
/// Children with a plan who change the phase of education in a calendar year: from nursery to school, infant to junior, primary or
/// middle to secondary school, from school to college. The plan must be reviewed and amended so that it names the next setting before
/// 15 February of that year, before 31 March where that is a post-16 institution, and five months ahead of a move from one such
/// institution to another (SEND Regulations 2014, reg. 18); `nameBy` is the last day in time. Those not yet settled
/// (`to_confirm`) are found from the date of birth, with what was set for the child beside their age, and the last year their setting
/// teaches; in Year 11 everybody is found, because everybody chooses. An officer then confirms the list. First at the top whose
/// setting must be named first. Filters combine. With `since` a system of your own keeps in step, as with the list of cases. For staff; a
/// school sees its own pupils.
#[utoipa::path(tag = "plans", params(ListPhaseTransfers), responses(
    (status = 200, description = "A page of phase transfers.", body = Changes<TransferView>,
     example = json!(example::changes(example::phase_transfer())))))]
#[get("/phase-transfers")]
async fn list_phase_transfers(
    asker: Asker,
    ValidQuery(query): ValidQuery<ListPhaseTransfers>,
) -> Result<Changes<TransferView>, Problem> {
    let ListPhaseTransfers { year, progress, kind, from_setting, since, as_of, limit, cursor } = query;
    let year = year.unwrap_or_else(|| phase_transfers::next_year(asker.today()));
    let (after, since) = begins("phase-transfers", since, cursor)?;
    let as_of = as_of.map(|Moment(as_of)| as_of);
    let from_setting = from_setting.map(|setting| setting.as_str().to_owned());
    let filter = TransferFilter { progress, kinds: kind, from_setting };
    let list = move |tx: &mut Tx<'_>| phase_transfers::list(tx, year, &filter, after, limit.rows_to_read(), since, as_of);
    let (mark, known, rows) = asker.read(Ask::SeePlacements, list).await?;
    Ok(Changes::of("phase-transfers", limit, rows, mark, known, TransferView::place))
}

/// Confirm phase transfers
///
/// An officer settles the list, up to two hundred children of each kind in one call: those who move, and those who do not although
/// they were found. All of it is recorded or nothing: where one line cannot be, each problem names its line (`/due/3/plan`). With the
/// confirmation the clock of reg. 18 stands among the duties of each child's case. Who was confirmed and does not move after all is
/// sent among `notDue`: their clock falls away. For case workers and decision makers.
#[utoipa::path(tag = "plans", params(IdempotencyKey), request_body = ConfirmTransfers, responses(
    (status = 201, description = "Recorded.", body = TransfersSettled, example = json!(example::transfers_settled()))))]
#[post("/phase-transfers/confirmations")]
async fn confirm_phase_transfers(
    asker: Asker,
    key: IdempotencyKey,
    body: ValidJson<ConfirmTransfers>,
) -> Result<Recorded<TransfersSettled>, Problem> {
    asker.record(Action::ConfirmPhaseTransfers, key, body, phase_transfers::confirm).await
}

/// Consult settings for phase transfers
///
/// Records that settings were consulted for up to two hundred children at once, several for each: all of it or nothing. A setting is
/// consulted before the plan names it (Children and Families Act 2014, ss. 39(2) and 40(2)); it sees the child until it answers, the
/// consultation is withdrawn, or the plan names what follows. Each becomes a consultation under the child's case, where the setting
/// answers it (`POST /v1/cases/{caseId}/consultations/{consultationId}/answer`). For case workers.
#[utoipa::path(tag = "plans", params(IdempotencyKey), request_body = ConsultForTransfers, responses(
    (status = 201, description = "Recorded.", body = TransfersConsulted, example = json!(example::transfers_consulted()))))]
#[post("/phase-transfers/consultations")]
async fn consult_for_phase_transfers(
    asker: Asker,
    key: IdempotencyKey,
    body: ValidJson<ConsultForTransfers>,
) -> Result<Recorded<TransfersConsulted>, Problem> {
    asker.record(Action::ConsultSettings, key, body, phase_transfers::consult).await
}

/// Count phase transfers
///
/// How far each cohort has come that changes the phase of education in a calendar year: found, confirmed, reviewed, consulted on,
/// named, in time or overdue (SEND Regulations 2014, reg. 18). Counts only; no child is shown. For managers and decision makers.
#[utoipa::path(tag = "statistics", params(CountPhaseTransfers), responses(
    (status = 200, description = "One row for each change of phase with anybody in it.", body = WholeAsOf<PhaseTransfersLine>,
     example = json!(example::whole_as_of(example::phase_transfers_line())))))]
#[get("/statistics/phase-transfers")]
async fn count_phase_transfers(
    asker: Asker,
    ValidQuery(query): ValidQuery<CountPhaseTransfers>,
) -> Result<web::Json<WholeAsOf<PhaseTransfersLine>>, Problem> {
    let year = query.year.unwrap_or_else(|| phase_transfers::next_year(asker.today()));
    let as_of = query.as_of.map(|Moment(as_of)| as_of);
    let (known, data) = asker.read(Ask::SeeStatistics, move |tx| phase_transfers::count(tx, year, as_of)).await?;
    Ok(web::Json(WholeAsOf { data, known }))
}
