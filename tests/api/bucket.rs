//! Files kept in a bucket: a server that speaks as S3 does, as far as files are written, read and removed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use ehc_casework::files::{Files, Key, NotReceived, Place, S3, Settings};
use futures_util::StreamExt;

/// What the server holds: objects by their path, parts by their upload and number, and what it was asked.
#[derive(Default)]
struct Held {
    objects: BTreeMap<String, Vec<u8>>,
    parts: BTreeMap<(String, u32), Vec<u8>>,
    asked: Vec<String>,
}

type Bucket = Arc<Mutex<Held>>;

async fn answer(req: HttpRequest, body: web::Bytes, bucket: web::Data<Bucket>) -> HttpResponse {
    let mut held = bucket.lock().unwrap();
    let (path, query) = (req.path().to_owned(), req.query_string().to_owned());
    held.asked.push(format!("{} {path}?{query}", req.method()));
    let signed = req.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !signed.starts_with("AWS4-HMAC-SHA256 Credential=the-key/") || !signed.contains("/eu-west-2/s3/aws4_request") {
        return HttpResponse::Forbidden().finish();
    }
    let asked: BTreeMap<_, _> = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    let mut ok = HttpResponse::Ok();
    ok.insert_header(("etag", "\"tag\""));
    match (req.method().as_str(), asked.get("partNumber"), asked.get("uploadId")) {
        ("POST", ..) if asked.contains_key("uploads") => ok.body(
            "<InitiateMultipartUploadResult><Bucket>files</Bucket><Key>k</Key><UploadId>one</UploadId></InitiateMultipartUploadResult>",
        ),
        ("POST", ..) if asked.contains_key("delete") => {
            let text = String::from_utf8(body.to_vec()).unwrap();
            let key = text.split("<Key>").nth(1).unwrap().split("</Key>").next().unwrap();
            held.objects.remove(&format!("/files/{key}"));
            ok.body(format!("<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>"))
        }
        ("POST", _, Some(upload)) => {
            let whole = held.parts.iter().filter(|((of, _), _)| of == upload).flat_map(|(_, part)| part.clone()).collect();
            held.objects.insert(path, whole);
            ok.body("<CompleteMultipartUploadResult><Bucket>files</Bucket><Key>k</Key><ETag>\"tag\"</ETag></CompleteMultipartUploadResult>")
        }
        ("PUT", Some(number), Some(upload)) => {
            held.parts.insert(((*upload).to_owned(), number.parse().unwrap()), body.to_vec());
            ok.finish()
        }
        ("PUT", ..) => {
            held.objects.insert(path, body.to_vec());
            ok.finish()
        }
        ("DELETE", _, Some(upload)) => {
            held.parts.retain(|(of, _), _| of != upload);
            HttpResponse::NoContent().finish()
        }
        ("DELETE", ..) => {
            held.objects.remove(&path);
            HttpResponse::NoContent().finish()
        }
        _ => match held.objects.get(&path) {
            Some(object) => {
                ok.insert_header(("last-modified", "Mon, 05 Jan 2026 09:00:00 GMT"));
                ok.body(object.clone())
            }
            None => HttpResponse::NotFound().finish(),
        },
    }
}

/// Files in a bucket of a server of this test's own.
async fn bucket(secret: &str) -> (Files, Bucket) {
    let bucket = Bucket::default();
    let held = bucket.clone();
    let server = HttpServer::new(move || {
        let whole = web::PayloadConfig::new(16 * 1024 * 1024);
        App::new().app_data(web::Data::new(held.clone())).app_data(whole).default_service(web::to(answer))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
    let endpoint = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    let s3 = S3 {
        bucket: "files".into(),
        region: "eu-west-2".into(),
        endpoint: Some(endpoint),
        keys: Some(("the-key".into(), secret.into())),
    };
    let settings = Settings { place: Some(Place::S3(s3)), clamd: None, most_bytes: 12 * 1024 * 1024 };
    (Files::open(&settings, std::path::Path::new("")).unwrap(), bucket)
}

fn page(bytes: usize) -> Vec<Result<web::Bytes, ()>> {
    let rest = vec![b'x'; bytes - 9];
    let pieces = rest.chunks(256 * 1024).map(|piece| Ok(web::Bytes::copy_from_slice(piece)));
    std::iter::once(Ok(web::Bytes::from_static(b"%PDF-1.7\n"))).chain(pieces).collect()
}

const KEY: Key = Key { authority: 311, file: uuid::Uuid::from_u128(0xab) };
const PATH: &str = "/files/311/ab/00000000-0000-0000-0000-0000000000ab";

#[actix_web::test]
async fn a_file_is_kept_in_the_bucket_whole_and_in_parts_read_and_removed() {
    let (files, bucket) = bucket("the-secret").await;
    for bytes in [1000, 11 * 1024 * 1024] {
        let received = files.receive(KEY, "page.pdf", futures_util::stream::iter(page(bytes))).await.unwrap();
        assert_eq!(received.bytes, bytes as u64);
        assert_eq!(bucket.lock().unwrap().objects[PATH].len(), bytes);
        let mut read = files.read(KEY).await.unwrap();
        let mut length = 0;
        while let Some(chunk) = read.next().await {
            length += chunk.unwrap().len();
        }
        assert_eq!(length, bytes);
        files.remove(KEY).await.unwrap();
        assert!(bucket.lock().unwrap().objects.is_empty());
        bucket.lock().unwrap().parts.clear();
    }
    assert!(files.health().await.storage);
    // No more than a part is kept in memory: the longer file went in three.
    let parts = bucket.lock().unwrap().asked.iter().filter(|asked| asked.contains("partNumber")).count();
    assert_eq!(parts, 3);
}

#[actix_web::test]
async fn what_is_refused_halfway_leaves_nothing_in_the_bucket() {
    let (files, bucket) = bucket("the-secret").await;
    let sent = files.receive(KEY, "page.pdf", futures_util::stream::iter(page(13 * 1024 * 1024))).await;
    assert!(matches!(sent, Err(NotReceived::TooLarge)), "{sent:?}");
    let held = bucket.lock().unwrap();
    assert!(held.objects.is_empty() && held.parts.is_empty(), "{:?}", held.asked);
}
