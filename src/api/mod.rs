//! HTTP. The only module that speaks actix and utoipa: parse, call, shape.

pub mod auth; // who is asking
pub mod problem; // what an error looks like
pub mod request_id; // which request this is
pub mod access_log; // one line for each request
pub mod headers; // what every answer forbids and which origins may read it
pub mod limits; // how much of anything one request may hold
pub mod unmatched; // what is said at a path or by a method nobody answers
pub mod body; // a JSON body, checked against its published schema
pub mod query; // a query string, checked against its published parameters
pub mod path; // the ids in a path
pub mod page; // lists that come a page at a time
pub mod etag; // which version was read
pub mod idempotency; // which request is a repetition
pub mod openapi; // the contract
pub mod docs; // the contract, for people
pub mod app; // how an app is put together

pub use request_id::RequestId;
