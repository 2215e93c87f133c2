//! The SMTP side: says what a small, friendly server says, and writes down what it is told.

use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

use super::{Inside, MailFault};

/// Mails up to 50 MiB.
const SIZE: usize = 50 * 1024 * 1024;

/// A session, as the client spoke it.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Counts from 1.
    pub id: u64,
    /// Everything the client sent, byte for byte.
    pub sent: Vec<u8>,
    /// The commands alone, without line ends and without mails.
    pub commands: Vec<String>,
}

/// What a mail's envelope says so far.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// Speaks with one client until he goes.
pub(super) async fn session(stream: TcpStream, inside: Arc<Inside>) {
    let id = {
        let mut kept = inside.kept();
        let id = kept.sessions.back().map_or(1, |last| last.id + 1);
        kept.sessions.push_back(Session {
            id,
            ..Session::default()
        });
        if kept.sessions.len() > super::KEPT {
            kept.sessions.pop_front();
        }
        id
    };
    let (read, write) = stream.into_split();
    let mut client = Client {
        id,
        inside,
        lines: BufReader::new(read),
        write,
    };
    // A client that goes in the middle is no fault of ours.
    let _ = client.speak().await;
}

struct Client {
    id: u64,
    inside: Arc<Inside>,
    lines: BufReader<tokio::net::tcp::OwnedReadHalf>,
    write: OwnedWriteHalf,
}

impl Client {
    async fn speak(&mut self) -> std::io::Result<()> {
        self.hang_if_asked().await;
        self.say("220 mailbox.test ESMTP").await?;
        let mut envelope = Envelope::default();
        while let Some(line) = self.line().await? {
            let command = String::from_utf8_lossy(&line)
                .trim_end_matches(['\r', '\n'])
                .to_owned();
            self.note(|session| session.commands.push(command.clone()));
            self.hang_if_asked().await;
            let verb = command
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let extensions = format!(
                        "250-8BITMIME\r\n250-SIZE {SIZE}\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN"
                    );
                    self.say(&format!("250-mailbox.test\r\n{extensions}"))
                        .await?;
                }
                "HELO" => self.say("250 mailbox.test").await?,
                "AUTH" => self.authenticate(&command).await?,
                "MAIL" => {
                    envelope = Envelope {
                        from: Some(address_in(&command)),
                        to: Vec::new(),
                    };
                    self.say("250 2.1.0 Ok").await?;
                }
                "RCPT" if envelope.from.is_none() => self.say("503 5.5.1 MAIL first").await?,
                "RCPT" => self.recipient(&command, &mut envelope).await?,
                "DATA" if envelope.to.is_empty() => self.say("503 5.5.1 RCPT first").await?,
                "DATA" => {
                    self.say("354 Go ahead").await?;
                    let Some(mail) = self.mail().await? else {
                        return Ok(());
                    };
                    let envelope = std::mem::take(&mut envelope);
                    self.inside
                        .keep(envelope.from.unwrap_or_default(), envelope.to, mail);
                    match self.fault() {
                        MailFault::LoseAnswer => return Ok(()),
                        MailFault::Swallow => std::future::pending().await,
                        MailFault::None
                        | MailFault::Refuse
                        | MailFault::Greylist
                        | MailFault::Hang => {}
                    }
                    self.say("250 2.0.0 Kept").await?;
                }
                "RSET" => {
                    envelope = Envelope::default();
                    self.say("250 2.0.0 Ok").await?;
                }
                "NOOP" => self.say("250 2.0.0 Ok").await?,
                "QUIT" => {
                    self.say("221 2.0.0 Bye").await?;
                    return Ok(());
                }
                _ => self.say("502 5.5.2 Not known here").await?,
            }
        }
        Ok(())
    }

    async fn recipient(&mut self, command: &str, envelope: &mut Envelope) -> std::io::Result<()> {
        let address = address_in(command);
        match self.fault() {
            MailFault::Refuse => {
                // As real ones do, it says to whom.
                let words = format!("550 5.1.1 <{address}>: Recipient address rejected");
                return self.say(&words).await;
            }
            MailFault::Greylist if self.inside.kept().greylisted.insert(address.clone()) => {
                let words = format!("451 4.7.1 <{address}>: Greylisted, try again later");
                return self.say(&words).await;
            }
            _ => {}
        }
        envelope.to.push(address);
        self.say("250 2.1.5 Ok").await
    }

    /// Any name and any password will do.
    async fn authenticate(&mut self, command: &str) -> std::io::Result<()> {
        let mut words = command.split_whitespace().skip(1);
        let (method, first) = (
            words.next().unwrap_or_default().to_ascii_uppercase(),
            words.next(),
        );
        let steps: &[&str] = match (method.as_str(), first) {
            ("PLAIN", Some(_)) => &[],
            ("PLAIN", None) => &["334 "],
            ("LOGIN", Some(_)) => &["334 UGFzc3dvcmQ6"],
            ("LOGIN", None) => &["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"],
            _ => return self.say("504 5.5.4 Not known here").await,
        };
        for step in steps {
            self.say(step).await?;
            if self.line().await?.is_none() {
                return Ok(());
            }
        }
        self.say("235 2.7.0 Welcome").await
    }

    /// A mail up to its lone dot; a dot before a line's dot is taken off.
    async fn mail(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut mail = Vec::new();
        while let Some(line) = self.line().await? {
            if line == b".\r\n" || line == b".\n" {
                return Ok(Some(mail));
            }
            if mail.len() < SIZE {
                mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            }
        }
        Ok(None)
    }

    async fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if self.lines.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        self.note(|session| session.sent.extend_from_slice(&line));
        Ok(Some(line))
    }

    async fn say(&mut self, words: &str) -> std::io::Result<()> {
        self.write
            .write_all(format!("{words}\r\n").as_bytes())
            .await
    }

    async fn hang_if_asked(&self) {
        if self.fault() == MailFault::Hang {
            std::future::pending::<()>().await;
        }
    }

    fn fault(&self) -> MailFault {
        self.inside.kept().fault
    }

    fn note(&self, what: impl FnOnce(&mut Session)) {
        let id = self.id;
        if let Some(session) = self
            .inside
            .kept()
            .sessions
            .iter_mut()
            .find(|session| session.id == id)
        {
            what(session);
        }
    }
}

/// What stands between the angle brackets, or after the colon.
fn address_in(command: &str) -> String {
    let after = command
        .split_once(':')
        .map_or("", |(_, after)| after)
        .trim();
    match after.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default().to_owned(),
        None => after
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}
