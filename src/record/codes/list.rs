//! How is a short code list written down? Once: code and label beside the variant; parsing, JSON and schema follow.

/// Declares an enum whose variants each carry the code used in JSON and the returns, and its label for people.
macro_rules! code_list {
    ($(#[$outer:meta])* $name:ident, $unknown:ident, { $($(#[$inner:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub enum $name {
            $(
                #[doc = $label]
                $(#[$inner])*
                #[serde(rename = $code)]
                $variant,
            )+
        }

        impl $name {
            /// The whole list, in the order it is published or shown.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code, as JSON and the returns carry it.
            pub const fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)+
                }
            }

            /// The label a person reads.
            pub const fn label(self) -> &'static str {
                match self {
                    $($name::$variant => $label,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::record::codes::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $name::ALL.iter().copied().find(|one| one.code() == text).ok_or($crate::record::codes::Malformed::$unknown)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::record::codes::Malformed;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let codes = $name::ALL.iter().map(|one| one.code());
                let words: Vec<String> = $name::ALL.iter().map(|one| format!("`{}` {}", one.code(), one.label())).collect();
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(words.join("; ")))
                    .enum_values(Some(codes))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}
