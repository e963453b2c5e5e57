//! Statutory notices: what each must say, who must receive it, what was sent to whom, and in which other forms.

mod composing;
mod formats;
mod sending;
mod sent;
mod wordings;

pub use composing::{NoticeView, RecipientView, compose, compose_of_plan};
pub use formats::{ProvideNoticeFormat, RequestNoticeFormat, provide_format, request_format};
pub use sending::{SendNotice, SendNoticeTo, SendTo, send, send_of_plan, send_to_more};
pub(super) use sent::Reader;
pub use sent::{FormatView, SentNoticeView, SentToView, list, show};
pub(super) use wordings::in_force;

pub use wordings::{PutWording, WordingView, put_wording, wordings};
