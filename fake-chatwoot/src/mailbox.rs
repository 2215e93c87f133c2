//! A mail server that keeps what it is given: for the demo a page to read it on, for tests the mails and every byte of the sessions.

mod mail;
mod pages;
mod smtp;

use std::collections::{HashSet, VecDeque};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::clock::{Clock, movable_clock};
pub use mail::Mail;
pub use smtp::Session;

/// How many mails are kept.
const KEPT: usize = 200;

/// What goes wrong with mail from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailFault {
    /// Nothing.
    #[default]
    None,
    /// Every recipient is refused for good: 550.
    Refuse,
    /// Each recipient is put off the first time: 451.
    Greylist,
    /// Takes the connection and never says a word.
    Hang,
    /// Keeps the mail and cuts the connection instead of saying so.
    LoseAnswer,
    /// Keeps the mail and never says so.
    Swallow,
}

/// A running mail server on 127.0.0.1. Clones are the same one; it stops with the last of them.
#[derive(Clone)]
pub struct Mailbox {
    inside: Arc<Inside>,
    _server: Arc<Server>,
}

/// What its sessions and its page share.
pub(crate) struct Inside {
    address: SocketAddr,
    clock: Clock,
    kept: Mutex<Kept>,
    arrived: watch::Sender<u64>,
}

#[derive(Default)]
struct Kept {
    last_id: u64,
    mails: VecDeque<Mail>,
    sessions: VecDeque<Session>,
    fault: MailFault,
    greylisted: HashSet<String>,
}

struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Mailbox {
    /// Takes mail on this port of 127.0.0.1; 0 takes any free one.
    pub async fn start(port: u16) -> io::Result<Self> {
        Self::start_with(port, movable_clock().0).await
    }

    /// The same with a given clock.
    pub async fn start_with(port: u16, clock: Clock) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let arrived = watch::channel(0).0;
        let inside = Arc::new(Inside {
            address,
            clock,
            kept: Mutex::default(),
            arrived,
        });
        let server = Server(tokio::spawn(serve(listener, Arc::clone(&inside))));
        Ok(Self {
            inside,
            _server: Arc::new(server),
        })
    }

    /// Its port, for `SMTP_PORT`.
    pub fn port(&self) -> u16 {
        self.inside.address.port()
    }

    /// The mails it keeps, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.inside.kept().mails.iter().cloned().collect()
    }

    /// Those that came after the one of this number, oldest first.
    pub(crate) fn after(&self, id: u64) -> Vec<Mail> {
        let kept = self.inside.kept();
        let new = kept.mails.iter().filter(|mail| mail.id > id);
        new.cloned().collect()
    }

    /// The mails to this address, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.mails()
            .into_iter()
            .filter(|mail| mail.to.iter().any(|to| to == address))
            .collect()
    }

    /// Waits until there are so many mails to this address, and answers with them. Tests bound it with a time of their own.
    pub async fn wait_for(&self, address: &str, count: usize) -> Vec<Mail> {
        let mut arrived = self.inside.arrived.subscribe();
        loop {
            arrived.borrow_and_update();
            let mails = self.mails_to(address);
            // The sender lives as long as `self`.
            if mails.len() >= count || arrived.changed().await.is_err() {
                return mails;
            }
        }
    }

    /// The sessions so far, the running ones too, oldest first: what clients sent, byte for byte.
    pub fn sessions(&self) -> Vec<Session> {
        self.inside.kept().sessions.iter().cloned().collect()
    }

    /// From now on this goes wrong.
    pub fn set_fault(&self, fault: MailFault) {
        self.inside.kept().fault = fault;
    }

    /// Forgets all mails and sessions.
    pub fn clear(&self) {
        let mut kept = self.inside.kept();
        kept.mails.clear();
        kept.sessions.clear();
        kept.greylisted.clear();
    }

    /// The page `/mailbox` and the list `/mailbox.json`, to be merged into some other router.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> axum::Router<S> {
        pages::routes(Arc::clone(&self.inside))
    }
}

impl Inside {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a mail, and tells whoever waits.
    fn keep(&self, from: String, to: Vec<String>, raw: Vec<u8>) {
        let at = (self.clock)();
        let mut kept = self.kept();
        kept.last_id += 1;
        let id = kept.last_id;
        kept.mails.push_back(Mail::read(id, at, from, to, raw));
        if kept.mails.len() > KEPT {
            kept.mails.pop_front();
        }
        drop(kept);
        self.arrived.send_replace(id);
    }
}

async fn serve(listener: TcpListener, inside: Arc<Inside>) {
    let mut sessions = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    sessions.spawn(smtp::session(stream, Arc::clone(&inside)));
                }
            }
            Some(_) = sessions.join_next() => {}
        }
    }
}
