//! What is said at a path nobody answers (404), by a method its path does not answer (405, with those it does), and to parameters
//! of an operation that takes none (400).

use std::collections::BTreeSet;

use actix_web::body::MessageBody;
use actix_web::dev::{ResourceDef, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

use super::problem::{Code, Problem};
use super::query;

/// Every path's template with the methods it answers.
pub struct Routes(Vec<Route>);

struct Route {
    template: String,
    pattern: ResourceDef,
    methods: BTreeSet<&'static str>,
    /// Those of the methods that take no parameters in the query string.
    without_query: BTreeSet<&'static str>,
}

/// The template of the path a request came to, where no handler could match it; for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(pub String);

impl Routes {
    /// The routes of the contract.
    pub fn of(document: &OpenApi) -> Self {
        Self(document.paths.paths.iter().map(|(template, item)| Route::of(template, item)).collect())
    }

    /// A route beside the contract, such as its own documentation.
    pub fn and(mut self, template: &str, methods: &[&'static str]) -> Self {
        self.0.push(Route {
            template: template.to_owned(),
            pattern: ResourceDef::new(template),
            methods: methods.iter().copied().collect(),
            without_query: BTreeSet::new(),
        });
        self
    }

    /// The route of a path: of several templates that match, the one with the fewest variables, for `/children/search` is no
    /// child's id.
    fn at(&self, path: &str) -> Option<&Route> {
        let matching = self.0.iter().filter(|route| route.pattern.is_match(path));
        matching.min_by_key(|route| route.template.matches('{').count())
    }
}

impl Route {
    fn of(template: &str, item: &PathItem) -> Self {
        let operations =
            [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
        let present = || operations.iter().filter_map(|(method, operation)| Some((*method, operation.as_ref()?)));
        Self {
            template: template.to_owned(),
            pattern: ResourceDef::new(template),
            methods: present().map(|(method, _)| method).collect(),
            without_query: present().filter(|(_, operation)| !takes_query(operation)).map(|(method, _)| method).collect(),
        }
    }
}

fn takes_query(operation: &Operation) -> bool {
    operation.parameters.iter().flatten().any(|parameter| match parameter {
        RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Query,
        RefOr::Ref(_) => false,
    })
}

/// Middleware: an operation that takes no parameters refuses what is sent in the query string, as the others refuse what they do
/// not know. A misspelt filter is never taken for no filter.
pub async fn refuse_unknown_query<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, Error> {
    if !req.query_string().is_empty()
        && let Some(routes) = req.app_data::<web::Data<Routes>>()
        && let Some(route) = routes.at(req.path())
        && route.without_query.contains(req.method().as_str())
        && let Err(problem) = query::must_be_empty(req.query_string())
    {
        return Ok(req.error_response(problem));
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

/// The default service: answers whatever no route took.
///
/// # Errors
/// Always: 405 with `Allow` where the path is known, otherwise 404.
pub async fn unmatched(req: HttpRequest, routes: web::Data<Routes>) -> Result<HttpResponse, Problem> {
    let Some(route) = routes.at(req.path()) else {
        return Err(Problem::new(Code::NoSuchPath));
    };
    req.extensions_mut().insert(Template(route.template.clone()));
    let methods: Vec<&str> = route.methods.iter().copied().collect();
    let allow = HeaderValue::try_from(methods.join(", ")).map_err(Problem::unexpected)?;
    Err(Problem::new(Code::MethodNotAllowed).header(ALLOW, allow))
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, get, post};
    use utoipa::IntoParams;
    use utoipa_actix_web::{AppExt, scope};

    use super::*;
    use crate::api::problem::answer;
    use crate::api::query::ValidQuery;

    /// Shows.
    #[utoipa::path]
    #[get("/cases/{caseId}")]
    async fn show() -> &'static str {
        "shown"
    }

    /// Searches.
    #[utoipa::path]
    #[post("/cases/search")]
    async fn search() -> &'static str {
        "found"
    }

    #[derive(serde::Deserialize, IntoParams)]
    #[into_params(parameter_in = Query)]
    #[expect(dead_code, reason = "only its contract is asked for")]
    struct ListCases {
        stage: Option<String>,
    }

    /// Lists.
    #[utoipa::path(params(ListCases))]
    #[get("/cases")]
    async fn list(_: ValidQuery<ListCases>) -> &'static str {
        "listed"
    }

    async fn told(method: Method, uri: &str) -> (u16, Option<String>) {
        let handlers = scope("/v1").service(search).service(list).service(show);
        let (app, document) = App::new().into_utoipa_app().service(handlers).split_for_parts();
        let routes = Routes::of(&document).and("/docs", &["GET"]);
        let app = app.app_data(web::Data::new(routes)).default_service(web::to(unmatched));
        let app = init_service(app.wrap(from_fn(refuse_unknown_query)).wrap(from_fn(answer))).await;
        let response = call_service(&app, TestRequest::with_uri(uri).method(method).to_request()).await;
        let allow = response.headers().get(ALLOW).map(|value| value.to_str().unwrap().to_owned());
        (response.status().as_u16(), allow)
    }

    #[actix_web::test]
    async fn a_known_path_tells_which_methods_it_answers() {
        assert_eq!(told(Method::DELETE, "/v1/cases/1").await, (405, Some("GET".into())));
        assert_eq!(told(Method::TRACE, "/v1/cases/1").await, (405, Some("GET".into())));
        assert_eq!(told(Method::PUT, "/docs").await, (405, Some("GET".into())));
        assert_eq!(told(Method::GET, "/v1/cases/1").await, (200, None));
    }

    #[actix_web::test]
    async fn a_path_that_fits_two_templates_tells_the_methods_of_its_own() {
        assert_eq!(told(Method::PUT, "/v1/cases/search").await, (405, Some("POST".into())));
    }

    #[actix_web::test]
    async fn an_unknown_path_is_not_found_by_any_method() {
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            assert_eq!(told(method, "/v1/cases/1/colour").await, (404, None));
        }
    }

    #[actix_web::test]
    async fn parameters_are_refused_where_none_are_taken_and_nowhere_else() {
        for uri in ["/v1/cases/1?stage=assessing", "/v1/cases/1?a", "/v1/cases/1?&x=1"] {
            assert_eq!(told(Method::GET, uri).await, (400, None), "{uri}");
        }
        for uri in ["/v1/cases/1?", "/v1/cases?stage=assessing", "/v1/cases/1"] {
            assert_eq!(told(Method::GET, uri).await, (200, None), "{uri}");
        }
        assert_eq!(told(Method::POST, "/v1/cases/search?name=x").await, (400, None));
        assert_eq!(told(Method::PUT, "/v1/cases/search?name=x").await, (405, Some("POST".into())));
        assert_eq!(told(Method::GET, "/v1/colours?name=x").await, (404, None));
    }
}
