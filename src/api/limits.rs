//! How much one request may hold.

/// Bytes of JSON in a body.
pub const BODY_BYTES: usize = 1024 * 1024;

/// How deep objects and arrays may stand in one another.
pub const JSON_DEPTH: usize = 32;

/// Rows of a page when `limit` is not given.
pub const PAGE_DEFAULT: u16 = 25;

/// Rows of a page at most.
pub const PAGE_MAX: u16 = 200;

/// Characters of an `Idempotency-Key`.
pub const KEY_CHARS: usize = 255;

/// Characters of a cursor, more than any that was handed out.
pub const CURSOR_CHARS: usize = 1024;

/// Characters of a client's own word, such as the name of an unknown field, that an answer repeats.
pub const ECHOED_NAME_CHARS: usize = 64;

/// Things that break a rule told in one answer.
pub const ERRORS_TOLD: usize = 100;

/// Bytes of one part of a form that is no file.
pub const TEXT_BYTES: usize = 64 * 1024;

/// Parts of a form.
pub const FORM_FIELDS: usize = 20;

/// Characters of a file's name that are kept, the last ones.
pub const FILE_NAME_CHARS: usize = 200;
