//! An HTTP/1.1 client for measuring: one connection that is kept alive, cookies, and nothing that takes time of its own.

mod sending;
mod streaming;

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::problem::{During, Outcome, Problem};

pub(super) use sending::Sending;

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody's browser, for one server on this machine.
pub(super) struct Browser {
    port: u16,
    connection: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
    /// Headers that every request carries.
    headers: Vec<(String, String)>,
}

/// What a server answered.
pub(super) struct Answer {
    /// Such as 200.
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    /// The whole body, as it came.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, if the request went well.
    pub(super) fn json(&self, what: &str) -> Outcome<Value> {
        if !(200..300).contains(&self.status) {
            let words = String::from_utf8_lossy(&self.body);
            return Err(Problem::new(format!("{what}: {} {words}", self.status)));
        }
        serde_json::from_slice(&self.body).during(format!("reading the answer to {what}"))
    }

    /// Its lines of headers, but for those that a server writes of its own.
    pub(super) fn head(&self) -> String {
        let own = ["content-length", "connection", "date", "server"];
        let given = self
            .headers
            .iter()
            .filter(|(name, _)| !own.contains(&name.as_str()));
        given
            .map(|(name, value)| format!("{name}: {value}\n"))
            .collect()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }
}

impl Browser {
    /// A browser with no cookies, for the server on a port of this machine.
    pub(super) fn new(port: u16) -> Self {
        Self {
            port,
            connection: None,
            cookies: BTreeMap::new(),
            headers: vec![
                ("Host".to_owned(), format!("localhost:{port}")),
                ("Origin".to_owned(), format!("http://localhost:{port}")),
            ],
        }
    }

    /// The same browser, with a connection of its own.
    pub(super) fn again(&self) -> Self {
        self.through(self.port)
    }

    /// The same behind a proxy on another port; its requests are as they were.
    pub(super) fn through(&self, port: u16) -> Self {
        Self {
            port,
            connection: None,
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Sends a header with every request from now on, in place of an earlier one of that name.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// What it sends as its cookies.
    pub(super) fn cookies(&self) -> String {
        let given = self.cookies.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = given
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    /// Forgets what servers gave it.
    pub(super) fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// Asks for a page.
    pub(super) fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, &[]).during(format!("GET {path}"))
    }

    /// Sends JSON.
    pub(super) fn post(&mut self, path: &str, body: &Value) -> Outcome<Answer> {
        let body = serde_json::to_vec(body).during("writing a request")?;
        self.post_bytes(path, &body)
    }

    /// Sends JSON that is made already.
    pub(super) fn post_bytes(&mut self, path: &str, body: &[u8]) -> Outcome<Answer> {
        self.send("POST", path, body).during(format!("POST {path}"))
    }

    fn send(&mut self, method: &str, path: &str, body: &[u8]) -> io::Result<Answer> {
        let request = self.request(method, path, body);
        let answer = match self.connection.take() {
            // A server closes what was idle for long, and tells only now.
            Some(kept) => match exchange(kept, &request) {
                Err(error) if is_closed(&error) => exchange(self.connect()?, &request),
                other => other,
            },
            None => exchange(self.connect()?, &request),
        };
        let (connection, answer) = answer?;
        if !answer.all("connection").any(|value| value == "close") {
            self.connection = Some(connection);
        }
        for cookie in answer.all("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or(cookie);
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(BufReader::with_capacity(64 * 1024, stream))
    }

    fn request(&self, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let cookies = self.cookies();
        if !cookies.is_empty() {
            head.push_str(&format!("Cookie: {cookies}\r\n"));
        }
        if method == "POST" {
            let length = body.len();
            head.push_str(&format!(
                "Content-Type: application/json\r\nContent-Length: {length}\r\n"
            ));
        }
        head.push_str("\r\n");
        [head.as_bytes(), body].concat()
    }
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}

type Exchanged = (BufReader<TcpStream>, Answer);

fn exchange(mut connection: BufReader<TcpStream>, request: &[u8]) -> io::Result<Exchanged> {
    connection.get_mut().write_all(request)?;
    let answer = read(&mut connection)?;
    Ok((connection, answer))
}

fn read(from: &mut impl BufRead) -> io::Result<Answer> {
    let first = line(from)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| strange(&first))?;
    let mut answer = Answer {
        status,
        headers: Vec::new(),
        body: Vec::new(),
    };
    loop {
        let next = line(from)?;
        if next.is_empty() {
            break;
        }
        let (name, value) = next.split_once(':').ok_or_else(|| strange(&next))?;
        let header = (name.to_ascii_lowercase(), value.trim().to_owned());
        answer.headers.push(header);
    }
    let length = answer.all("content-length").next().map(str::parse);
    if matches!(status, 100..200 | 204 | 304) {
    } else if answer
        .all("transfer-encoding")
        .any(|value| value == "chunked")
    {
        answer.body = chunks(from)?;
    } else if let Some(length) = length {
        let length = length.map_err(|_| strange("content-length"))?;
        answer.body.resize(length, 0);
        from.read_exact(&mut answer.body)?;
    } else {
        return Err(strange("a body without a length"));
    }
    Ok(answer)
}

fn chunks(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let head = line(from)?;
        let digits = head.split(';').next().unwrap_or_default().trim();
        let length = usize::from_str_radix(digits, 16).map_err(|_| strange(&head))?;
        let begin = body.len();
        body.resize(begin + length, 0);
        from.read_exact(&mut body[begin..])?;
        // After each chunk, and after the last one where trailers could be, stands an empty line.
        if !line(from)?.is_empty() {
            return Err(strange("trailers"));
        }
        if length == 0 {
            return Ok(body);
        }
    }
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

fn strange(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("no HTTP: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(u16, String)> {
        let mut from = io::Cursor::new(text);
        let mut answers = Vec::new();
        while let Ok(answer) = read(&mut from) {
            answers.push((answer.status, String::from_utf8(answer.body).unwrap()));
        }
        answers
    }

    #[test]
    fn answers_of_one_connection_are_told_apart() {
        let text = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabHTTP/1.1 304 Not Modified\r\n\r\n\
                    HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na;x\r\n0123456789\r\n0\r\n\r\n\
                    HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        let expected = [(200, "ab"), (304, ""), (404, "abc0123456789"), (200, "")];
        assert_eq!(read_all(text), expected.map(|(a, b)| (a, b.to_owned())));
    }

    #[test]
    fn what_is_cut_off_or_no_http_is_no_answer() {
        for text in [
            "",
            "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab",
            "HTTP/1.1 200 OK\r\n\r\n",
            "220 mail.example ESMTP\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nab",
        ] {
            assert_eq!(read_all(text), [], "{text:?}");
        }
    }

    #[test]
    fn a_browser_sends_back_the_cookies_that_it_has() {
        let mut browser = Browser::new(1);
        browser.cookies.insert("a".to_owned(), "1".to_owned());
        browser.cookies.insert("gone".to_owned(), String::new());
        let request = String::from_utf8(browser.request("POST", "/x", b"{}")).unwrap();
        assert!(request.contains("\r\nCookie: a=1\r\n"), "{request}");
        assert!(
            request.ends_with("Content-Length: 2\r\n\r\n{}"),
            "{request}"
        );
    }
}
