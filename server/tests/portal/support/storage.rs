//! A storage that Chatwoot's files redirect to, and that says byte for byte what a test wants.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What it says to whoever asks.
#[derive(Clone)]
pub(crate) enum Says {
    /// These bytes; then it closes.
    Bytes(Vec<u8>),
    /// This head, and then bytes without an end, as long as they are taken.
    Endless(String),
}

#[derive(Default)]
struct Inside {
    says: Mutex<Option<Says>>,
    asked: Mutex<Vec<String>>,
    sent: AtomicU64,
    left: Notify,
}

/// A storage on this machine.
#[derive(Clone)]
pub(crate) struct Storage {
    port: u16,
    inside: Arc<Inside>,
}

impl Storage {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let storage = Self {
            port: listener.local_addr().unwrap().port(),
            inside: Arc::default(),
        };
        let inside = Arc::clone(&storage.inside);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&inside)));
            }
        });
        storage
    }

    /// Its name for `CHATWOOT_STORAGE_HOSTS`.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// From now on it says this.
    pub(crate) fn says(&self, says: Says) {
        *self.inside.says.lock().unwrap() = Some(says);
        self.inside.asked.lock().unwrap().clear();
    }

    /// A head and a body, as they go over the wire.
    pub(crate) fn says_bytes(&self, head: &str, body: &[u8]) {
        let head = head.replace('\n', "\r\n");
        let bytes = [head.as_bytes(), b"\r\n\r\n", body].concat();
        self.says(Says::Bytes(bytes));
    }

    /// The heads of what it was asked since it was told what to say.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.inside.asked.lock().unwrap().clone()
    }

    /// How much it could send without an end.
    pub(crate) fn sent(&self) -> u64 {
        self.inside.sent.load(Ordering::SeqCst)
    }

    /// Waits until somebody who was sent bytes without an end is gone.
    pub(crate) async fn left_alone(&self) {
        super::soon(self.inside.left.notified()).await;
    }
}

async fn answer(mut stream: TcpStream, inside: Arc<Inside>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    inside.asked.lock().unwrap().push(head);
    let says = inside.says.lock().unwrap().clone();
    match says {
        None => {}
        Some(Says::Bytes(bytes)) => {
            let _ = stream.write_all(&bytes).await;
            // Closed before it is read, a connection would be reset, and what was sent be lost.
            let _ = stream.shutdown().await;
            let _ = stream.read(&mut [0; 64]).await;
        }
        Some(Says::Endless(head)) => {
            let head = format!("{}\r\n\r\n", head.replace('\n', "\r\n"));
            let _ = stream.write_all(head.as_bytes()).await;
            let part = vec![b'x'; 64 * 1024];
            while stream.write_all(&part).await.is_ok() {
                inside.sent.fetch_add(part.len() as u64, Ordering::SeqCst);
            }
            inside.left.notify_one();
        }
    }
}
