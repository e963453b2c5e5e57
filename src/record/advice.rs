//! A request for advice: who was asked, when they received it, what came back.

use chrono::NaiveDate;

use super::ids::*;
use super::organisation::Organisation;
use crate::law::AdviceGiver;

/// One request for advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its id.
    pub id: AdviceId,
    /// Who was asked.
    pub giver: AdviceGiver,
    /// Their organisation, where known.
    pub organisation: Option<Organisation>,
    /// The day it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// The day the body received the request.
    pub received_on: Option<NaiveDate>,
    /// The day the advice came back.
    pub returned_on: Option<NaiveDate>,
}
