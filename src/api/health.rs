//! `/health`: whether the server lives, and whether it can do its work.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::auth::{Health, Verifier};
use super::openapi;
use super::problem::{Code, Problem, ProblemBody};
use crate::db::Db;
use crate::files::Files;

/// The routes of this resource.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(is_live).service(is_ready);
}

/// That the server is well.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(example = json!({"status": "ok"}))]
struct Well {
    /// How it is.
    status: Status,
}

/// How the server is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// Well.
    Ok,
}

/// Say whether the server lives
///
/// Answers as long as the process does, whatever becomes of the database: for what restarts it.
#[utoipa::path(tag = "operations", security(()), responses((status = 200, description = "It lives.", body = Well)))]
#[get("/health/live")]
async fn is_live() -> web::Json<Well> {
    web::Json(Well { status: Status::Ok })
}

/// That the server can work, and how the parts are that keep and scan documents.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(example = json!({"status": "ok", "documents": {"storage": "on", "scanning": "off"}}))]
struct Ready {
    /// How it is.
    status: Status,
    /// The parts that documents need.
    documents: DocumentParts,
}

/// The parts that documents need.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
struct DocumentParts {
    /// What keeps their files. While it is `away` no document can be filed or read.
    storage: Part,
    /// What scans them for viruses. `off`: none is configured, and files are given out as they came. While it is `away` what is filed
    /// waits to be scanned and is not given out.
    scanning: Part,
}

/// How a part is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Part {
    /// It answers.
    On,
    /// There is none here.
    Off,
    /// It does not answer.
    Away,
}

impl Part {
    fn of(answers: bool) -> Self {
        if answers { Part::On } else { Part::Away }
    }
}

/// Say whether the server can work
///
/// Answers 200 when PostgreSQL answers and tokens can be verified, otherwise 503: for what sends it requests. Without the parts that
/// documents need everything else goes on; how they are is told in `documents`.
#[utoipa::path(tag = "operations", security(()), responses(
    (status = 200, description = "It can.", body = Ready),
    (status = 503, description = "Not now.", body = ProblemBody, content_type = "application/problem+json",
     headers(("Retry-After" = i32, description = "Seconds to wait before trying again.")),
     example = json!(openapi::example(Code::Unavailable)))))]
#[get("/health/ready")]
async fn is_ready(
    db: web::Data<Db>,
    verifier: web::Data<Verifier>,
    files: web::Data<Files>,
) -> Result<web::Json<Ready>, Problem> {
    if !db.answers().await {
        return Err(Problem::new(Code::Unavailable).detail("PostgreSQL does not answer."));
    }
    if verifier.health() == Health::NoKeys {
        return Err(
            Problem::new(Code::Unavailable).detail("No key of the identity provider is known, so that no token can be verified.")
        );
    }
    let health = files.health().await;
    let documents = DocumentParts { storage: Part::of(health.storage), scanning: health.scanning.map_or(Part::Off, Part::of) };
    Ok(web::Json(Ready { status: Status::Ok, documents }))
}
