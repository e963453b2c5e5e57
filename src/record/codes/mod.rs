//! Which identifiers and code lists does the record speak, and what makes one well formed?
//!
//! Identifiers are checked where they are read and carried as types of their own, so that nothing beyond the border meets a
//! malformed one. Statutory lists keep the Department's codes; lists of ours are lower_snake words.

mod malformed;
#[macro_use]
mod identifier;
#[macro_use]
mod list;
mod authority;
mod upn;
mod uln;
mod establishment;
mod postcode;
mod person;
mod ethnicity;
mod setting;

pub use authority::{AUTHORITIES, Authority, AuthorityCode};
pub use establishment::{Ukprn, Urn};
pub use ethnicity::{ETHNICITIES, Ethnicity};
pub use malformed::Malformed;
pub use person::{NeedType, Sex, UpnUnknownReason};
pub use postcode::Postcode;
pub use setting::{Phase, SettingType};
pub use uln::Uln;
pub use upn::Upn;

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::Value;
    use utoipa::PartialSchema;

    use super::*;

    fn schema<T: PartialSchema>() -> Value {
        serde_json::to_value(T::schema()).unwrap()
    }

    /// The type's own example, when the type itself accepts it.
    fn example_is_accepted<T: PartialSchema + DeserializeOwned>() -> bool {
        let schema = schema::<T>();
        let example = schema.get("example").or_else(|| schema.get("examples").and_then(|all| all.get(0))).unwrap();
        schema["type"] == "string" && serde_json::from_value::<T>(example.clone()).is_ok()
    }

    #[test]
    fn the_contract_shows_identifiers_as_strings_with_an_example_that_is_valid() {
        assert!(example_is_accepted::<Upn>());
        assert!(example_is_accepted::<Uln>());
        assert!(example_is_accepted::<Urn>());
        assert!(example_is_accepted::<Ukprn>());
        assert!(example_is_accepted::<Postcode>());
        assert!(example_is_accepted::<AuthorityCode>());
        assert!(example_is_accepted::<Ethnicity>());
    }

    #[test]
    fn the_contract_lists_every_code_of_a_list() {
        let codes: Vec<&str> = NeedType::ALL.iter().map(|need| need.code()).collect();
        assert_eq!(schema::<NeedType>()["enum"], serde_json::json!(codes));
        assert_eq!(schema::<Ethnicity>()["enum"].as_array().unwrap().len(), ETHNICITIES.len());
        assert_eq!(schema::<SettingType>()["enum"][1], "early_years_provider");
        assert_eq!(schema::<Sex>()["description"], "`M` Male; `F` Female");
    }
}
