//! How a request becomes an answer: one caller, one permit, one transaction, one shape.

use std::future::Future;
use std::pin::Pin;

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder, web};
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::body::ValidJson;
use super::idempotency::{IDEMPOTENT_REPLAYED, IdempotencyKey};
use super::problem::Problem;
use crate::access::{Ask, Caller, NotPermitted, Permit, permit};
use crate::db::{Db, Tx};
use crate::service::{Effect, Error, Once, Receipt, once};

/// Who asks, and the database that answers. Handlers take it first, so that nothing is said to a caller without a token.
pub struct Asker {
    caller: Caller,
    db: web::Data<Db>,
}

impl Asker {
    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The day in London.
    pub fn today(&self) -> NaiveDate {
        self.db.clock().today()
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// 403 when the policy has no such permit for the caller; otherwise whatever the use case says.
    pub async fn read<T, F>(&self, ask: Ask, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        Ok(self.db.read(self.permit(ask)?, work).await?)
    }

    /// Records what the body says, once for each key.
    ///
    /// # Errors
    /// As [`Asker::read`], and those of a key that was used before.
    pub async fn record<B, R, F>(
        &self,
        ask: impl Into<Ask>,
        key: IdempotencyKey,
        body: ValidJson<B>,
        work: F,
    ) -> Result<Recorded<R>, Problem>
    where
        B: Send + 'static,
        R: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>, &B) -> Result<R, Error> + Send + 'static,
    {
        let request = key.once(body.canonical());
        let body = body.into_inner();
        self.record_once(ask, request, move |tx| work(tx, &body)).await
    }

    /// Records what a request says that is no JSON body, once for each key.
    ///
    /// # Errors
    /// As [`Asker::record`].
    pub async fn record_once<R, F>(&self, ask: impl Into<Ask>, request: Once, work: F) -> Result<Recorded<R>, Problem>
    where
        R: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<R, Error> + Send + 'static,
    {
        let permit = self.permit(ask.into())?;
        let effect = self.db.write(permit, move |tx| once(tx, &request, &work)).await?;
        Ok(Recorded { effect, location: None })
    }

    /// Writes what belongs to the answer and is none itself, such as that a file is about to arrive.
    ///
    /// # Errors
    /// As [`Asker::read`].
    pub async fn write<T, F>(&self, ask: impl Into<Ask>, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        Ok(self.db.write(self.permit(ask.into())?, work).await?)
    }

    /// Sets something to what the body says; doing it twice is doing it once.
    ///
    /// # Errors
    /// As [`Asker::read`].
    pub async fn set<B, R, F>(&self, ask: Ask, body: ValidJson<B>, work: F) -> Result<web::Json<R>, Problem>
    where
        B: Send + 'static,
        R: Send + 'static,
        F: Fn(&mut Tx<'_>, &B) -> Result<R, Error> + Send + 'static,
    {
        let (permit, body) = (self.permit(ask)?, body.into_inner());
        Ok(web::Json(self.db.write(permit, move |tx| work(tx, &body)).await?))
    }

    /// Removes something; there is no body.
    ///
    /// # Errors
    /// As [`Asker::read`].
    pub async fn remove<F>(&self, ask: Ask, work: F) -> Result<(), Problem>
    where
        F: Fn(&mut Tx<'_>) -> Result<(), Error> + Send + 'static,
    {
        self.write(ask, work).await
    }

    /// The database, for what goes on beside the answer.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// What the policy lets the caller do.
    ///
    /// # Errors
    /// When it does not.
    pub fn permit(&self, ask: Ask) -> Result<Permit, Error> {
        permit(&self.caller, ask).map_err(|NotPermitted(ask)| Error::NotPermitted(ask.as_str()))
    }
}

impl FromRequest for Asker {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::from_request(req, payload);
        let db = req.app_data::<web::Data<Db>>().cloned();
        Box::pin(async move {
            let caller = caller.await.map_err(|error| Problem::from(&error))?;
            let db = db.ok_or_else(|| Problem::unexpected("the server was put together without a database"))?;
            Ok(Asker { caller, db })
        })
    }
}

/// 201: something was recorded, by this request or by an earlier one with the same key.
pub struct Recorded<R = Receipt> {
    effect: Effect<R>,
    location: Option<String>,
}

impl<R> Recorded<R> {
    /// Whether it was recorded by an earlier request.
    pub fn is_replayed(&self) -> bool {
        self.effect.replayed
    }

    /// The same with `Location`: where what came to be can be read.
    pub fn at(mut self, path: impl FnOnce(&R) -> String) -> Self {
        self.location = Some(path(&self.effect.receipt));
        self
    }
}

impl<R: Serialize> Responder for Recorded<R> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Created();
        if let Some(path) = self.location {
            response.insert_header((LOCATION, path));
        }
        if self.effect.replayed {
            response.insert_header((IDEMPOTENT_REPLAYED, "true"));
        }
        response.json(self.effect.receipt)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use serde_json::json;

    use super::*;

    fn answered(replayed: bool) -> HttpResponse {
        let effect = Effect { receipt: json!({"id": "1"}), replayed };
        let recorded = Recorded { effect, location: None }.at(|_| "/v1/cases/1".into());
        recorded.respond_to(&TestRequest::default().to_http_request())
    }

    #[test]
    fn what_was_recorded_says_where_it_can_be_read() {
        let response = answered(false);
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers().get("location").unwrap(), "/v1/cases/1");
        assert!(response.headers().get("idempotent-replayed").is_none());
    }

    #[test]
    fn a_repetition_gets_the_same_answer_and_says_that_it_is_one() {
        let response = answered(true);
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers().get("location").unwrap(), "/v1/cases/1");
        assert_eq!(response.headers().get("idempotent-replayed").unwrap(), "true");
    }
}
