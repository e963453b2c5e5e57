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
