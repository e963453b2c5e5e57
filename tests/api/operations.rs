//! Every operation of the contract, ready to be sent: paths and examples filled with the ids of a case.

use actix_web::http::Method;
use serde_json::Value;

use crate::everything::Ids;
use crate::support::{Client, Reply, with_form};

/// An operation, as the contract describes it.
pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
    /// Whether it asks for a token.
    pub secured: bool,
    example: Option<Value>,
    /// Whether its body is a form with a file.
    form: bool,
    key: bool,
    version: bool,
}

/// All operations, in the contract's order.
pub fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&ehc_casework::api::contract().unwrap()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| Method::from_bytes(name.to_uppercase().as_bytes()).is_ok() && *name != "parameters")
        {
            found.push(Operation::read(&document, path, method, operation));
        }
    }
    found
}

impl Operation {
    fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Self {
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let header = |name: &str| parameters.iter().any(|p| p["in"] == "header" && p["name"] == name && p["required"] == true);
        for parameter in &parameters {
            let filled =
                ["Idempotency-Key", "If-Match"].iter().any(|name| parameter["name"] == *name) || parameter["in"] == "path";
            assert!(filled || parameter["required"] != true, "{id}: say in this file what fills {}", parameter["name"]);
        }
        Self {
            secured: operation["security"].as_array().is_some_and(|ways| ways.iter().all(|way| way != &serde_json::json!({}))),
            method: method.to_uppercase().parse().unwrap(),
            path: path.to_owned(),
            form: operation["requestBody"]["content"]["multipart/form-data"].is_object(),
            example: operation.get("requestBody").map(|body| example(document, &id, body)),
            key: header("Idempotency-Key"),
            version: header("If-Match"),
            id,
        }
    }

    /// Whether its path names something: a word of the contract's own, such as which wording, is none.
    pub fn names_something(&self) -> bool {
        self.path.replace("{wordingKind}", "").contains('{')
    }

    /// Whether its path or its example names something of the case.
    pub fn speaks_of(&self, ids: &Ids) -> bool {
        self.names_something()
            || self
                .example
                .as_ref()
                .is_some_and(|example| ids.all().iter().any(|id| ids.in_body(example).to_string().contains(id)))
    }

    /// Sends it about these, with the version read last.
    pub async fn send(&self, client: &Client, ids: &Ids, etag: &str) -> Reply {
        let path: Vec<_> = self
            .path
            .split('/')
            .map(|part| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                Some(name) => ids.in_path(name),
                None => part,
            })
            .collect();
        let mut request = client.request(self.method.clone(), &path.join("/"));
        if self.key {
            request = request.insert_header(("idempotency-key", uuid::Uuid::new_v4().to_string()));
        }
        if self.version {
            request = request.insert_header(("if-match", etag));
        }
        if let Some(example) = &self.example {
            let mut body = ids.in_body(example);
            request = match body.as_object_mut().filter(|_| self.form).and_then(|says| says.remove("file")) {
                Some(content) => with_form(request, &body, Some(("Report.pdf", content.as_str().unwrap().as_bytes()))),
                None => request.set_json(body),
            };
        }
        client.app.call(request).await
    }
}

/// The example of a body: its own, or its schema's.
fn example(document: &Value, id: &str, body: &Value) -> Value {
    let content = body["content"].as_object().unwrap().values().next().unwrap();
    let schema = content["schema"]["$ref"].as_str().and_then(|r| document.pointer(r.trim_start_matches('#')));
    let found = [content.get("example"), schema.and_then(|s| s.get("example"))];
    found.into_iter().flatten().next().unwrap_or_else(|| panic!("{id}: the contract has no example of its body")).clone()
}
