//! Messages between the case worker, the family and the school about a case, and how long each waited for its answer.

mod counting;
mod reading;
mod sending;

pub use counting::{MessagesBy, MessagesLine, count};
pub use reading::{
    CloseMessage, CorrespondentView, InboxFilter, InboxLine, InboxState, MessageClosed, MessageView, Read, ReadMessage,
    ReplyTime, ReplyView, close, inbox, list, mark_read,
};
pub use sending::{PartyInput, SendMessage, send};

pub(super) use sending::addressed;
