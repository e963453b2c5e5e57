//! PURE. What the statutes require: the register of duties, how their time is counted, what excuses them.
//!
//! [`rules`] is the register; [`deadlines`] applies it to facts and explains each date; [`duties`] does the same without
//! words, for many cases at once. Nothing here reads a clock: today is an argument.

mod age;
mod arithmetic;
mod attribute;
mod bank_holidays;
mod check;
mod citation;
mod claim;
pub mod counting;
mod due;
mod duty;
mod exception;
mod explain;
mod fact;
mod fact_kind;
pub mod instruments;
mod register;
mod rule;
mod view;
mod when;

pub use age::{
    BEYOND_25, EducationAt25, SCHOOL_AGE, birthday, compulsory_school_age_ends_on, compulsory_school_age_starts_on,
    plan_may_last_to, school_leaving_date, under_scheme, young_person, young_person_from,
};
pub use attribute::{AdviceGiver, Attribute, Matter, Order, Outcome, PhaseTransfer};
pub use bank_holidays::{PUBLISHED_TO as BANK_HOLIDAYS_PUBLISHED_TO, is_bank_holiday};
pub use check::{FactProblem, check};
pub use citation::{Citation, Instrument, Provision};
pub use claim::{Verdict, verdicts};
pub use counting::working_day;
pub use duty::{DeadlineState, Duty, duties, duties_into};
pub use exception::{Exception, Shortfall, Terms, advice_window, closed_long_enough, exception, exceptions};
pub use explain::{Deadline, Step, Tolerance, deadlines};
pub use fact::Fact;
pub use fact_kind::FactKind;
pub use register::{REGISTER_VERSION, TOPICS, Topic, last_day_of_decision, last_day_to_meet, rule, rules};
pub use rule::{Actor, Governs, Nature, Rule, Strength};
pub use view::{ExceptionView, FactView, RuleView, Unit};
pub use when::Said;
