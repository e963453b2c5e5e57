//! A running `ehc serve`, and those who ask it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Pid;
use serde_json::Value;

use super::place::within;

/// A running `ehc serve`, and what it logs. Killed at the end of the test at the latest.
pub struct Server {
    pub process: Child,
    pub address: SocketAddr,
    pub log: Receiver<String>,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (send, log) = channel();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(send.send(line))));
        let mut server = Self { process, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        server.address = server.serving_on();
        server
    }

    /// The address it says that it serves on.
    fn serving_on(&self) -> SocketAddr {
        let mut said = Vec::new();
        loop {
            let line = self.log.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("it does not serve: {said:#?}"));
            if let Some((_, rest)) = line.split_once("serving on http://") {
                return rest.split(',').next().unwrap().parse().unwrap();
            }
            said.push(line);
        }
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.process)
    }

    pub fn client(&self, token: &str) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(30)));
        Client { agent: config.build().into(), at: format!("http://{}", self.address), token: token.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.client("").get(path)
    }

    /// Waits for the end, at most half a minute.
    pub fn ended(&mut self) -> ExitStatus {
        let mut status = None;
        let ended = within(Duration::from_secs(30), || {
            status = self.process.try_wait().unwrap();
            status.is_some()
        });
        assert!(ended, "it does not end");
        status.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    at: String,
    token: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<String>,
    pub body: Value,
    pub took: Duration,
}

impl Client {
    pub fn get(&self, path: &str) -> Answer {
        let began = Instant::now();
        let request = self.agent.get(format!("{}{path}", self.at)).header("authorization", format!("Bearer {}", self.token));
        Answer::of(request.call().unwrap(), began)
    }

    pub fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let began = Instant::now();
        let request = self.agent.post(format!("{}{path}", self.at)).header("authorization", format!("Bearer {}", self.token));
        let request = request.header("idempotency-key", key).header("content-type", "application/json");
        Answer::of(request.send(body.to_string()).unwrap(), began)
    }
}

impl Answer {
    fn of(mut response: ureq::http::Response<ureq::Body>, began: Instant) -> Self {
        let retry_after = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        let text = response.body_mut().read_to_string().unwrap();
        Self {
            status: response.status().as_u16(),
            retry_after,
            body: serde_json::from_str(&text).unwrap_or_default(),
            took: began.elapsed(),
        }
    }
}
