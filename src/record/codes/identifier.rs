//! How is a checked identifier carried? As a type that only its own check can make, and that a log line does not reveal.

/// Gives a newtype over checked text what every identifier needs, from `$check: fn(&str) -> Result<String, Malformed>`.
macro_rules! identifier {
    ($name:ident, $check:path) => {
        impl $name {
            /// The identifier in its normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::record::codes::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $check(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::record::codes::Malformed;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> String {
                identifier.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
