//! How the log is written: lines for people, or one JSON object a line for a collector.

use std::io::Write;

use serde_json::{Value, json};

use crate::api::access_log::LogFormat;

/// Starts logging to standard error.
pub fn start(filter: &str, format: LogFormat) {
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(filter);
    match format {
        LogFormat::Plain => {
            builder.format(|out, record| {
                writeln!(out, "{} {:5} {} {}", out.timestamp_millis(), record.level(), record.target(), record.args())
            });
        }
        LogFormat::Json => {
            builder.format(|out, record| {
                // The access log's line is an object already.
                let text = record.args().to_string();
                let message = serde_json::from_str::<Value>(&text).ok().filter(Value::is_object).unwrap_or(Value::String(text));
                let line = json!({
                    "at": out.timestamp_millis().to_string(),
                    "level": record.level().as_str(),
                    "target": record.target(),
                    "message": message,
                });
                writeln!(out, "{line}")
            });
        }
    }
    // A second start, as in tests, keeps the first.
    let _ = builder.try_init();
}
