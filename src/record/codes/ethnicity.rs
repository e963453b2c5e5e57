//! Which ethnicities does the national return know?
//!
//! The Department's common basic data set, 2024: 20 main codes, and extended codes that are used instead of a main one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::Malformed;

/// A code of the Department's list of ethnicities, main or extended (SEN2 item 1.5). Holds its place in the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ethnicity(u8);

impl Ethnicity {
    /// The family declined to say.
    pub const REFUSED: Ethnicity = Ethnicity(18);
    /// Nobody has asked yet.
    pub const NOT_YET_OBTAINED: Ethnicity = Ethnicity(19);

    /// The four-letter code.
    pub const fn code(self) -> &'static str {
        ETHNICITIES[self.0 as usize].0
    }

    /// The Department's label.
    pub const fn label(self) -> &'static str {
        ETHNICITIES[self.0 as usize].1
    }

    /// Whether it is one of the 20 main codes, the only ones some collections accept.
    pub const fn is_main(self) -> bool {
        self.0 < 20
    }
}

impl FromStr for Ethnicity {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        (0..)
            .zip(&ETHNICITIES)
            .find(|(_, (code, _))| *code == text)
            .map(|(place, _)| Ethnicity(place))
            .ok_or(Malformed::EthnicityUnknown)
    }
}

impl TryFrom<String> for Ethnicity {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Ethnicity> for String {
    fn from(ethnicity: Ethnicity) -> String {
        ethnicity.code().to_owned()
    }
}

impl fmt::Display for Ethnicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Ethnicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ethnicity(..)")
    }
}

impl PartialSchema for Ethnicity {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A code of the Department's list of ethnicities, main or extended (SEN2 item 1.5)."))
            .enum_values(Some(ETHNICITIES.iter().map(|(code, _)| *code)))
            .examples(["WBRI"])
            .into()
    }
}

impl ToSchema for Ethnicity {}

/// Codes and labels: the main codes, then the extended ones.
pub const ETHNICITIES: [(&str, &str); 108] = [
    ("WBRI", "White - British"),
    ("WIRI", "White - Irish"),
    ("WIRT", "White - Irish Traveller"),
    ("WOTH", "Any Other White Background"),
    ("WROM", "Gypsy / Roma"),
    ("MWBC", "White and Black Caribbean"),
    ("MWBA", "White and Black African"),
    ("MWAS", "White and Asian"),
    ("MOTH", "Any Other Mixed Background"),
    ("AIND", "Indian"),
    ("APKN", "Pakistani"),
    ("ABAN", "Bangladeshi"),
    ("AOTH", "Any Other Asian Background"),
    ("BCRB", "Black Caribbean"),
    ("BAFR", "Black - African"),
    ("BOTH", "Any Other Black Background"),
    ("CHNE", "Chinese"),
    ("OOTH", "Any Other Ethnic Group"),
    ("REFU", "Refused"),
    ("NOBT", "Not yet obtained"),
    ("WCOR", "White - Cornish"),
    ("WENG", "White - English"),
    ("WNIR", "White - Northern Irish"),
    ("WSCO", "White - Scottish"),
    ("WWEL", "White - Welsh"),
    ("WOWB", "Other White British"),
    ("WALB", "Albanian"),
    ("WBOS", "Bosnian - Herzegovinian"),
    ("WCRO", "Croatian"),
    ("WGRE", "Greek/ Greek Cypriot"),
    ("WGRK", "Greek"),
    ("WGRC", "Greek Cypriot"),
    ("WITA", "Italian"),
    ("WKOS", "Kosovan"),
    ("WPOR", "Portuguese"),
    ("WSER", "Serbian"),
    ("WTUR", "Turkish/ Turkish Cypriot"),
    ("WTUK", "Turkish"),
    ("WTUC", "Turkish Cypriot"),
    ("WEUR", "White European"),
    ("WEEU", "White Eastern European"),
    ("WWEU", "White Western European"),
    ("WOTW", "White Other"),
    ("WROG", "Gypsy"),
    ("WROR", "Roma"),
    ("WROO", "Other Gypsy/Roma"),
    ("MWAP", "White and Pakistani"),
    ("MWAI", "White and Indian"),
    ("MWAO", "White and Any Other Asian Background"),
    ("ABRI", "Asian - British"),
    ("AWEL", "Asian - Welsh"),
    ("MAOE", "Asian and Any Other Ethnic Group"),
    ("MABL", "Asian and Black"),
    ("MACH", "Asian and Chinese"),
    ("MBOE", "Black and Any Other Ethnic Group"),
    ("MBCH", "Black and Chinese"),
    ("MCOE", "Chinese and Any Other Ethnic Group"),
    ("MWOE", "White and Any Other Ethnic Group"),
    ("MWCH", "White and Chinese"),
    ("MOTM", "Other Mixed Background"),
    ("AMPK", "Mirpuri - Pakistani"),
    ("AKPA", "Kashmiri Pakistani"),
    ("AOPK", "Other Pakistani"),
    ("AAFR", "African Asian"),
    ("AKAO", "Kashmiri Other"),
    ("ANEP", "Nepali"),
    ("ASNL", "Sri Lankan Sinhalese"),
    ("ASLT", "Sri Lankan Tamil"),
    ("ASRO", "Sri Lankan Other"),
    ("AOTA", "Other Asian"),
    ("BBRI", "Black - British"),
    ("BWEL", "Black - Welsh"),
    ("BANN", "Black - Angolan"),
    ("BCON", "Black - Congolese"),
    ("BGHA", "Black - Ghanaian"),
    ("BNGN", "Black - Nigerian"),
    ("BSLN", "Black - Sierra Leonean"),
    ("BSOM", "Black - Somali"),
    ("BSUD", "Black - Sudanese"),
    ("BAOF", "Other Black African"),
    ("BEUR", "Black European"),
    ("BNAM", "Black North American"),
    ("BOTB", "Other Black"),
    ("CHKC", "Hong Kong Chinese"),
    ("CMAL", "Malaysian Chinese"),
    ("CSNG", "Singaporean Chinese"),
    ("CTWN", "Taiwanese"),
    ("COCH", "Other Chinese"),
    ("OAFG", "Afghan"),
    ("ORAB", "Arab"),
    ("OARA", "Arab Other"),
    ("OEGY", "Egyptian"),
    ("OFIL", "Filipino"),
    ("OIRN", "Iranian"),
    ("OIRQ", "Iraqi"),
    ("OJPN", "Japanese"),
    ("OKOR", "Korean"),
    ("OKRD", "Kurdish"),
    ("OLAM", "Latin/ South/ Central American"),
    ("OLEB", "Lebanese"),
    ("OLIB", "Libyan"),
    ("OMAL", "Malay"),
    ("OMRC", "Moroccan"),
    ("OPOL", "Polynesian"),
    ("OTHA", "Thai"),
    ("OVIE", "Vietnamese"),
    ("OYEM", "Yemeni"),
    ("OOEG", "Other Ethnic Group"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_four_capitals_and_stands_once() {
        let codes: BTreeSet<&str> = ETHNICITIES.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), ETHNICITIES.len());
        assert!(codes.iter().all(|code| code.len() == 4 && code.bytes().all(|b| b.is_ascii_uppercase())));
    }

    #[test]
    fn main_and_extended_codes_are_told_apart() {
        let main: Ethnicity = "WBRI".parse().unwrap();
        let extended: Ethnicity = "WENG".parse().unwrap();
        assert!(main.is_main() && !extended.is_main());
        assert_eq!(ETHNICITIES.iter().filter(|(code, _)| code.parse::<Ethnicity>().unwrap().is_main()).count(), 20);
    }

    #[test]
    fn a_code_has_its_label_and_json_carries_the_code() {
        let ethnicity: Ethnicity = serde_json::from_str("\"BNGN\"").unwrap();
        assert_eq!(ethnicity.label(), "Black - Nigerian");
        assert_eq!(serde_json::to_string(&ethnicity).unwrap(), "\"BNGN\"");
    }

    #[test]
    fn declining_and_not_having_asked_are_different_answers() {
        assert_eq!("REFU".parse(), Ok(Ethnicity::REFUSED));
        assert_eq!("NOBT".parse(), Ok(Ethnicity::NOT_YET_OBTAINED));
    }

    #[test]
    fn codes_outside_the_list_are_refused() {
        for text in ["", "wbri", "WBR", "XXXX", "ZZZZZ"] {
            assert_eq!(text.parse::<Ethnicity>(), Err(Malformed::EthnicityUnknown), "{text}");
        }
    }
}
