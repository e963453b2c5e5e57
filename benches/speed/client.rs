//! How fast does the server answer? Clients that keep their connection and ask again as soon as they have the answer.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many ask at once.
pub const CLIENTS: usize = 8;

/// When a run of requests ends.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// After this time.
    Elapsed(Duration),
    /// After this many requests in all.
    Sent(usize),
}

/// What a run of requests took.
#[derive(Default)]
pub struct Answers {
    pub elapsed: Duration,
    /// How long each took.
    pub each: Vec<Duration>,
}

/// A request, complete.
pub fn request(method: &str, path: &str, token: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n{headers}\r\n{body}"
    )
}

/// One request over a connection of its own; gives the body.
pub fn ask(address: &str, request: &str) -> Result<String, Box<dyn Error>> {
    Connection::open(address)?.ask(request)
}

/// Sends the requests that `nth` makes of their numbers, by all clients.
pub fn run(address: &str, until: Until, nth: &(dyn Fn(usize) -> String + Sync)) -> Result<Answers, Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let one = || -> Result<Vec<Duration>, String> {
        let mut connection = Connection::open(address).map_err(|error| error.to_string())?;
        let mut each = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let over = match until {
                Until::Elapsed(time) => start.elapsed() >= time,
                Until::Sent(count) => number >= count,
            };
            if over {
                return Ok(each);
            }
            let request = nth(number);
            let sent = Instant::now();
            connection.ask(&request).map_err(|error| error.to_string())?;
            each.push(sent.elapsed());
        }
    };
    let all = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(one)).collect();
        clients.into_iter().map(|client| client.join().unwrap_or_else(|_| Err("a client panicked".into()))).collect::<Vec<_>>()
    });
    let elapsed = start.elapsed();
    let each = all.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    Ok(Answers { elapsed, each })
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(address: &str) -> Result<Self, Box<dyn Error>> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    fn ask(&mut self, request: &str) -> Result<String, Box<dyn Error>> {
        self.stream.write_all(request.as_bytes())?;
        self.buffer.clear();
        let head = self.fill(|bytes| bytes.windows(4).position(|end| end == b"\r\n\r\n").map(|at| at + 4))?;
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:")).ok_or("an answer of no known length")?;
        let whole = head + length.trim().parse::<usize>()?;
        self.fill(|bytes| (bytes.len() >= whole).then_some(whole))?;
        let body = String::from_utf8_lossy(&self.buffer[head..whole]).into_owned();
        if !text.starts_with("http/1.1 20") {
            return Err(format!("{}: {body}", text.lines().next().unwrap_or_default()).into());
        }
        Ok(body)
    }

    fn fill(&mut self, enough: impl Fn(&[u8]) -> Option<usize>) -> Result<usize, Box<dyn Error>> {
        let mut chunk = [0; 16 * 1024];
        loop {
            if let Some(end) = enough(&self.buffer) {
                return Ok(end);
            }
            match self.stream.read(&mut chunk)? {
                0 => return Err("the server closed the connection".into()),
                read => self.buffer.extend_from_slice(&chunk[..read]),
            }
        }
    }
}
