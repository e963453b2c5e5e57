//! Letters about delays: why something is late, what is awaited, by when the family can expect it, and to whom that was sent.

mod composing;
mod shown;
mod telling;

pub use composing::{DelayPreview, DelayRecipientView, preview};
pub(super) use shown::reads;
pub use shown::{DelayLetterSentView, DelaySentToView, show};
pub use telling::{SendDelayTo, TellDelay, tell};
