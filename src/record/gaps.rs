//! What does a request leave out that staff have to find out? None of it stops the clock.

use serde::Serialize;
use utoipa::ToSchema;

use super::case::Case;
use super::identity::Identity;
use super::request::{Request, RequestedBy};
use super::stage::Stage;

/// Something that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Stable name of what is missing.
    #[schema(example = "no_date_of_birth")]
    pub gap: &'static str,
    /// What is missing, and what it is needed for.
    #[schema(example = "The date of birth is not known. The national return needs it, and rights change with age.")]
    pub words: &'static str,
}

/// What is missing in a case. Whether any request gives reasons, and whether it is known how to reach the family, is kept beside
/// the record, so the caller says.
pub fn gaps(case: &Case, identity: Option<&Identity>, has_reasons: bool, has_contact: bool) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut add = |missing: bool, gap, words| {
        if missing {
            found.push(Gap { gap, words });
        }
    };
    let notified = |request: &Request| request.by == RequestedBy::HealthNotification && request.effect.is_none();
    add(
        case.requests.iter().any(notified),
        "notification_effect_not_recorded",
        "Nobody has recorded whether the health notification brought the child to attention or was for information only. Until \
         then the clock runs.",
    );
    // Once a child's identity is erased, there is nothing to find out.
    if let Some(identity) = identity {
        add(
            identity.born_on.is_none(),
            "no_date_of_birth",
            "The date of birth is not known. The national return needs it, and rights change with age.",
        );
        add(
            identity.upn.is_none() && identity.uln.is_none() && identity.upn_unknown.is_none(),
            "no_upn",
            "There is neither a unique pupil number nor a unique learner number, nor a reason why there is none.",
        );
        add(identity.sex.is_none(), "no_sex", "The sex is not recorded. The national return needs it.");
        add(identity.ethnicity.is_none(), "no_ethnicity", "The ethnicity is not recorded. The national return needs it.");
        add(
            identity.postcode.is_none(),
            "no_postcode",
            "The home postcode is not known. It shows whether the child lives in the area.",
        );
    }
    let open = !case.stage().is_closed();
    add(
        open && case.setting.is_none(),
        "no_setting",
        "No setting is recorded. Its head is told of the request and asked for advice.",
    );
    add(open && !has_reasons, "no_reasons", "No request gives reasons. The authority must ask the family for its views.");
    add(open && !has_contact, "no_contact", "Nothing says how to reach the family, whom the authority must consult and notify.");
    let unforwarded = case.responsibility_ended.as_ref().is_some_and(|end| end.forwarded_to.is_none());
    add(
        case.stage() == Stage::ResponsibilityEnded && unforwarded,
        "not_forwarded",
        "It is not recorded which authority the papers were forwarded to.",
    );
    found
}
