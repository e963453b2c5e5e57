//! EHC Casework: the map. Each module in one line, in dependency order.

pub mod law; // PURE. What the statutes require
pub mod record; // PURE. Events, standing facts, and what they add up to
pub mod access; // PURE. Who may do what, and who may know what exists
pub mod clock; // today() in London and now(): injected, fixed in tests
pub mod chance; // ids and keys: injected, seeded in tests
pub mod db; // the bridge: one use case, one transaction, one blocking thread
pub mod files; // files that people send in: kept, told by their kind, scanned
pub mod store; // SQL. The only module that speaks diesel
pub mod service; // USE CASES. One function per thing a person asks for
pub mod pages; // HTML for people: the register of law, a panel's agenda and minutes
pub mod documents; // PURE. Letters and plans as pages and as Word documents
pub mod api; // HTTP. The only module that speaks actix and utoipa
pub mod config; // every environment variable, read once
pub mod logging; // lines for people, or JSON for a collector
pub mod postgres; // finds, starts and supervises the embedded PostgreSQL
pub mod demo; // Fictional children held to published figures
pub mod serve; // how the server starts and stops
