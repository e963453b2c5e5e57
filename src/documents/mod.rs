//! PURE. Letters and plans as people read them: one content, written as an accessible page and as a Word document.

mod docx;
mod html;
mod letter;
mod paper;
mod plan;

pub use docx::NotWritten;
pub use html::STYLE;
pub use letter::{delay_letter, letter};
pub use paper::{Block, Paper, Table};
pub use plan::plan;

/// The media type of a Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
