//! How we point at law: a provision in words, and where its official text can be read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A provision of law or statutory guidance, and where its official text stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Citation {
    /// The provision as a lawyer would write it, for example `SEND Regulations 2014, reg. 13(2)`.
    #[schema(example = "SEND Regulations 2014, reg. 13(2)")]
    pub text: Cow<'static, str>,
    /// The official text.
    #[schema(example = "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13")]
    pub url: Cow<'static, str>,
}

impl Citation {
    /// A citation known when the program is written.
    pub const fn new(text: &'static str, url: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), url: Cow::Borrowed(url) }
    }
}

/// An Act, a set of Regulations or Rules, statutory guidance, or a judgment that provisions are cited from.
#[derive(Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The short title, as it opens a citation.
    pub title: &'static str,
    /// What one provision is called: `s. `, `reg. `, `rule `, `para. `; empty where the whole is cited.
    pub unit: &'static str,
    /// The address of the whole; a provision's own address adds `path` and the provision's number.
    pub url: &'static str,
    /// What leads from the whole to one provision, such as `/regulation/`; empty where there is one page.
    pub path: &'static str,
}

impl Instrument {
    /// The provision of this instrument with that number, for example `SEND_REGS_2014.at("13(2)")`.
    pub const fn at(&'static self, number: &'static str) -> Provision {
        Provision { instrument: self, number }
    }
}

/// One provision as the register's rows hold it; [`Provision::cite`] writes it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provision {
    instrument: &'static Instrument,
    number: &'static str,
}

impl Provision {
    /// The provision in words with the address of its official text. The address leads to the whole section
    /// or regulation: `13(2)` to regulation 13.
    pub fn cite(&self) -> Citation {
        let Instrument { title, unit, url, path } = *self.instrument;
        let whole: String = self.number.chars().take_while(char::is_ascii_alphanumeric).collect();
        let text = if self.number.is_empty() { title.into() } else { format!("{title}, {unit}{}", self.number).into() };
        let url = if path.is_empty() || whole.is_empty() { url.into() } else { format!("{url}{path}{whole}").into() };
        Citation { text, url }
    }
}

impl From<Provision> for Citation {
    fn from(provision: Provision) -> Self {
        provision.cite()
    }
}

#[cfg(test)]
mod tests {
    use crate::law::instruments::{CFA_2014, DEVON_2022, SEND_REGS_2014};

    #[test]
    fn a_paragraph_is_cited_in_full_and_linked_to_its_regulation() {
        let cited = SEND_REGS_2014.at("13(2)").cite();
        assert_eq!(cited.text, "SEND Regulations 2014, reg. 13(2)");
        assert_eq!(cited.url, "https://www.legislation.gov.uk/uksi/2014/1530/regulation/13");
    }

    #[test]
    fn an_inserted_regulation_keeps_its_letter_in_the_link() {
        assert_eq!(SEND_REGS_2014.at("2A").cite().url, "https://www.legislation.gov.uk/uksi/2014/1530/regulation/2A");
        assert_eq!(CFA_2014.at("36(9)").cite().url, "https://www.legislation.gov.uk/ukpga/2014/6/section/36");
    }

    #[test]
    fn a_judgment_is_cited_whole() {
        assert_eq!(DEVON_2022.at("").cite().text, DEVON_2022.title);
        assert_eq!(DEVON_2022.at("").cite().url, DEVON_2022.url);
    }
}
