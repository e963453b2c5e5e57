//! What is said at a path nobody answers (404), or by a method its path does not answer (405, with those it does).

use std::collections::BTreeSet;

use actix_web::dev::ResourceDef;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

use super::problem::{Code, Problem};

/// Every path's template with the methods it answers.
pub struct Routes(Vec<Route>);

struct Route {
    template: String,
    pattern: ResourceDef,
    methods: BTreeSet<&'static str>,
}

/// The template of the path a request came to, where no handler could match it; for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(pub String);

impl Routes {
    /// The routes of the contract.
    pub fn of(document: &OpenApi) -> Self {
        let methods = |item: &PathItem| {
            let present = [
                ("GET", item.get.is_some()),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ];
            present.into_iter().filter(|(_, present)| *present).map(|(method, _)| method).collect()
        };
        Self(document.paths.paths.iter().map(|(template, item)| route(template, methods(item))).collect())
    }

    /// A route beside the contract, such as its own documentation.
    pub fn and(mut self, template: &str, methods: &[&'static str]) -> Self {
        self.0.push(route(template, methods.iter().copied().collect()));
        self
    }

    /// The template and the methods of a path: of several templates that match, those of the one with the fewest variables,
    /// for `/children/search` is no child's id.
    fn at(&self, path: &str) -> Option<(Template, String)> {
        let matching = self.0.iter().filter(|route| route.pattern.is_match(path));
        let route = matching.min_by_key(|route| route.template.matches('{').count())?;
        Some((Template(route.template.clone()), route.methods.iter().copied().collect::<Vec<_>>().join(", ")))
    }
}

fn route(template: &str, methods: BTreeSet<&'static str>) -> Route {
    Route { template: template.to_owned(), pattern: ResourceDef::new(template), methods }
}

/// The default service: answers whatever no route took.
///
/// # Errors
/// Always: 405 with `Allow` where the path is known, otherwise 404.
pub async fn unmatched(req: HttpRequest, routes: web::Data<Routes>) -> Result<HttpResponse, Problem> {
    let Some((template, methods)) = routes.at(req.path()) else {
        return Err(Problem::new(Code::NoSuchPath));
    };
    req.extensions_mut().insert(template);
    let allow = HeaderValue::try_from(methods).map_err(Problem::unexpected)?;
    Err(Problem::new(Code::MethodNotAllowed).header(ALLOW, allow))
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, get, post};
    use utoipa_actix_web::{AppExt, scope};

    use super::*;

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

    async fn told(method: Method, uri: &str) -> (u16, Option<String>) {
        let (app, document) = App::new().into_utoipa_app().service(scope("/v1").service(search).service(show)).split_for_parts();
        let routes = Routes::of(&document).and("/docs", &["GET"]);
        let app = init_service(app.app_data(web::Data::new(routes)).default_service(web::to(unmatched))).await;
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
}
