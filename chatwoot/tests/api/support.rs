//! A server that answers with what it was told, byte for byte, and remembers what it was asked.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use chatwoot::{AccountId, Client, InboxId, Limits, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tracing_subscriber::filter::LevelFilter;

/// The token that must be seen nowhere but in its header.
pub(crate) const TOKEN: &str = "t0ken-of-the-portal";

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// A whole answer: status, more head lines, body.
    Whole(u16, Vec<(String, String)>, Vec<u8>),
    /// These bytes and then the end.
    Raw(Vec<u8>),
    /// These bytes and then silence.
    Silence(Vec<u8>),
}

impl Reply {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Whole(
            status,
            vec![("content-type".into(), "application/json".into())],
            body.into(),
        )
    }

    pub(crate) fn to(place: &str) -> Self {
        Self::Whole(302, vec![("location".into(), place.into())], vec![])
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A Chatwoot of a few words: the last reply is repeated.
pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    replies: Arc<Mutex<Vec<Reply>>>,
}

impl Server {
    pub(crate) async fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            asked: Arc::default(),
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
        };
        let (asked, replies) = (server.asked.clone(), server.replies.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, asked.clone(), replies.clone()));
            }
        });
        server
    }

    pub(crate) fn reply(&self, reply: Reply) {
        *self.replies.lock().unwrap() = vec![reply];
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The one request since the last look.
    pub(crate) fn only(&self) -> Asked {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked.remove(0)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn settings(&self) -> Settings {
        settings(&self.url())
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.settings()).unwrap()
    }
}

/// What any crate logs on this thread: a test runs on one.
struct Log;

thread_local! {
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// All that was logged in this test, at every level.
pub(crate) fn logged() -> String {
    String::from_utf8(LOGGED.take()).unwrap()
}

/// What a program does once: TLS by ring, and a log.
fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(|| Log)
            .init();
    });
}

pub(crate) fn settings(url: &str) -> Settings {
    prepare();
    Settings {
        url: url.parse().unwrap(),
        public_url: Some("https://chat.example".parse().unwrap()),
        storage_hosts: vec![],
        token: TOKEN.to_owned().into(),
        account: AccountId::new(7).unwrap(),
        inbox: InboxId::new(54).unwrap(),
        limits: Limits {
            read: Duration::from_secs(5),
            write: Duration::from_secs(5),
            ..Limits::default()
        },
        http: chatwoot::build_http(None).unwrap(),
    }
}

async fn answer(
    mut stream: TcpStream,
    asked: Arc<Mutex<Vec<Asked>>>,
    replies: Arc<Mutex<Vec<Reply>>>,
) -> Option<()> {
    let request = receive(&mut stream).await?;
    asked.lock().unwrap().push(request);
    let reply = {
        let mut replies = replies.lock().unwrap();
        if replies.len() > 1 {
            replies.remove(0)
        } else {
            replies.first()?.clone()
        }
    };
    match reply {
        Reply::Whole(status, head, body) => {
            let mut text = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n");
            for (name, value) in head {
                text += &format!("{name}: {value}\r\n");
            }
            text += &format!("content-length: {}\r\n\r\n", body.len());
            stream.write_all(text.as_bytes()).await.ok()?;
            stream.write_all(&body).await.ok()?;
        }
        Reply::Raw(bytes) => stream.write_all(&bytes).await.ok()?,
        Reply::Silence(bytes) => {
            stream.write_all(&bytes).await.ok()?;
            // Until the client hangs up.
            while stream.read(&mut [0; 64]).await.ok()? > 0 {}
        }
    }
    stream.shutdown().await.ok()
}

async fn receive(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, _)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse().ok())?
        });
        break (head.to_owned(), length.unwrap_or(0));
    };
    let start = head.len() + 4;
    while bytes.len() < start + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut first = head.lines().next()?.split(' ');
    Some(Asked {
        method: first.next()?.to_owned(),
        target: first.next()?.to_owned(),
        body: String::from_utf8(bytes[start..].to_vec()).ok()?,
        head,
    })
}
