//! A mail server that speaks TLS, and writes down each line with whether it came encrypted.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

/// How the server encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// From the first byte, as on port 465.
    Tls,
    /// After STARTTLS, as on port 587.
    Starttls,
    /// It could, but somebody on the way took STARTTLS out of its greeting.
    Stripped,
    /// After STARTTLS, with answers that somebody on the way put behind the last unencrypted one.
    SlippedIn,
    /// Not at all, and it says nothing more from the line on that begins so; with none, from the first moment.
    Silent(&'static str),
}

/// A line that the server got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) encrypted: bool,
    /// With its line end, byte for byte.
    pub(crate) bytes: Vec<u8>,
}

/// A mail server that runs until it is dropped.
pub(crate) struct MailServer {
    port: u16,
    lines: Arc<Mutex<Vec<Line>>>,
    fell_silent: Arc<Notify>,
    work: tokio::task::JoinHandle<()>,
}

impl MailServer {
    /// Starts one on a free port.
    pub(crate) async fn start(manner: Manner, tls: TlsAcceptor) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        let fell_silent = Arc::new(Notify::new());
        let tells = Arc::clone(&fell_silent);
        let work = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let client = Client {
                    manner,
                    lines: Arc::clone(&kept),
                    fell_silent: Arc::clone(&tells),
                };
                // Who does not like the certificate goes, which is no fault of the server.
                tokio::spawn(client.serve(stream, tls.clone()));
            }
        });
        Self {
            port,
            lines,
            fell_silent,
            work,
        }
    }

    /// What SMTP_PORT is set to.
    pub(crate) fn port(&self) -> String {
        self.port.to_string()
    }

    /// All that came so far.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.clone()
    }

    /// Waits until it says nothing more to somebody.
    pub(crate) async fn falls_silent(&self) {
        self.fell_silent.notified().await;
    }

    /// The lines that begin with a command.
    pub(crate) fn commands(&self, verb: &str) -> Vec<Line> {
        let mut lines = self.lines();
        lines.retain(|line| line.bytes.starts_with(verb.as_bytes()));
        lines
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.work.abort();
    }
}

struct Client {
    manner: Manner,
    lines: Arc<Mutex<Vec<Line>>>,
    fell_silent: Arc<Notify>,
}

impl Client {
    async fn serve(self, stream: TcpStream, tls: TlsAcceptor) -> std::io::Result<()> {
        if self.manner == Manner::Tls {
            let stream = tls.accept(stream).await?;
            return self.speak(stream, true, true).await.map(drop);
        }
        let Some(stream) = self.speak(stream, true, false).await? else {
            return Ok(());
        };
        self.speak(tls.accept(stream).await?, false, true)
            .await
            .map(drop)
    }

    /// Speaks until the client goes, or wants to begin encryption: then the connection is given back.
    async fn speak<S>(&self, stream: S, greet: bool, encrypted: bool) -> std::io::Result<Option<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut stream = BufReader::new(stream);
        self.may_fall_silent(b"").await;
        if greet {
            stream.write_all(b"220 mail.test ESMTP\r\n").await?;
        }
        let mut in_mail = false;
        loop {
            stream.flush().await?;
            let mut line = Vec::new();
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(None);
            }
            let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            self.lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Line {
                    encrypted,
                    bytes: line.clone(),
                });
            self.may_fall_silent(&line).await;
            let answer: &[u8] = match word.as_slice() {
                _ if in_mail && line == b".\r\n" => {
                    in_mail = false;
                    b"250 2.0.0 Kept\r\n"
                }
                _ if in_mail => continue,
                b"EHLO" if self.offers_encryption() && !encrypted => {
                    b"250-mail.test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n"
                }
                b"EHLO" => b"250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n",
                b"STAR" if !encrypted => {
                    let slipped_in: &[u8] = match self.manner {
                        Manner::SlippedIn => b"250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n",
                        Manner::Tls | Manner::Starttls | Manner::Stripped | Manner::Silent(_) => {
                            b""
                        }
                    };
                    let answer = [b"220 2.0.0 Go ahead\r\n", slipped_in].concat();
                    stream.write_all(&answer).await?;
                    stream.flush().await?;
                    return Ok(Some(stream.into_inner()));
                }
                b"AUTH" => b"235 2.7.0 Welcome\r\n",
                b"DATA" => {
                    in_mail = true;
                    b"354 Go ahead\r\n"
                }
                b"QUIT" => {
                    stream.write_all(b"221 2.0.0 Bye\r\n").await?;
                    return Ok(None);
                }
                _ => b"250 2.0.0 Ok\r\n",
            };
            stream.write_all(answer).await?;
        }
    }

    fn offers_encryption(&self) -> bool {
        !matches!(self.manner, Manner::Stripped | Manner::Silent(_))
    }

    /// Says nothing for ever, if this is the line for it.
    async fn may_fall_silent(&self, line: &[u8]) {
        let Manner::Silent(at) = self.manner else {
            return;
        };
        if line.starts_with(at.as_bytes()) && at.is_empty() == line.is_empty() {
            self.fell_silent.notify_one();
            std::future::pending::<()>().await;
        }
    }
}
