//! The way mail goes: SMTP with the encryption that the configuration asks for, and a bell that wakes whoever has mail to send.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::ExposeSecret;
use tokio::sync::Notify;

use crate::config::{Config, SmtpTls};

pub use lettre::transport::smtp::Error as SmtpError;

/// How long it may take to connect.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a trial of the mail server may take in all: the library bounds only its first step.
const TRIAL: Duration = Duration::from_secs(30);
/// How long a mail may take.
const SENDING: Duration = Duration::from_secs(60);
/// How long one with files may take.
const SENDING_FILES: Duration = Duration::from_mins(5);

/// Why a mail was not sent, or may not have been.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// So the mail server says, or the way there.
    #[error(transparent)]
    Smtp(#[from] SmtpError),
    /// It says nothing any more; whether it took the mail is not known.
    #[error("the mail server has stopped answering")]
    Silent,
}

impl PostError {
    /// What was said.
    pub fn said(&self) -> Option<&SmtpError> {
        match self {
            Self::Smtp(error) => Some(error),
            Self::Silent => None,
        }
    }

    /// It will never be taken.
    pub fn is_permanent(&self) -> bool {
        self.said().is_some_and(SmtpError::is_permanent)
    }

    /// It surely was not taken now, and may be later.
    pub fn is_put_off(&self) -> bool {
        self.said()
            .is_some_and(|it| it.is_transient() || it.is_client() || it.is_tls())
    }

    /// The code of the mail server's answer.
    pub fn code(&self) -> Option<u16> {
        self.said().and_then(SmtpError::status).map(u16::from)
    }
}

/// Sends mail.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    bell: Notify,
    last: AtomicU8,
}

const NOT_TRIED: u8 = 0;
const WELL: u8 = 1;
const ILL: u8 = 2;

impl Post {
    /// The way that the configuration says. Nothing is connected yet.
    pub fn new(config: &Config) -> Result<Self, SmtpError> {
        let smtp = &config.smtp;
        let tls = match smtp.tls {
            SmtpTls::None => Tls::None,
            SmtpTls::Tls => Tls::Wrapper(parameters(config)?),
            SmtpTls::Starttls => Tls::Required(parameters(config)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(config.portal.host().to_owned()));
        if let Some(login) = &smtp.login {
            let password = login.password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(login.user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: smtp.from.clone(),
            bell: Notify::new(),
            last: AtomicU8::new(NOT_TRIED),
        })
    }

    /// Sender of all mails.
    pub fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Hands a mail to the mail server.
    pub async fn send(&self, message: Message) -> Result<(), PostError> {
        self.send_within(SENDING, message).await
    }

    /// Hands it a mail with files.
    pub async fn send_with_files(&self, message: Message) -> Result<(), PostError> {
        self.send_within(SENDING_FILES, message).await
    }

    async fn send_within(&self, limit: Duration, message: Message) -> Result<(), PostError> {
        let sent = tokio::time::timeout(limit, self.transport.send(message)).await;
        self.heard(sent.map_or(Err(PostError::Silent), |sent| Ok(sent.map(|_| ())?)))
    }

    /// Whether the mail server did as asked the last time; `None` if it was never asked.
    pub fn is_well(&self) -> Option<bool> {
        match self.last.load(Ordering::Relaxed) {
            NOT_TRIED => None,
            last => Some(last == WELL),
        }
    }

    fn heard<T>(&self, said: Result<T, PostError>) -> Result<T, PostError> {
        // Who refuses one recipient for good is well.
        let is_well = said.as_ref().err().is_none_or(PostError::is_permanent);
        self.last
            .store(if is_well { WELL } else { ILL }, Ordering::Relaxed);
        said
    }

    /// Connects, encrypts and logs in, and sends nothing.
    pub async fn try_connection(&self) -> Result<bool, PostError> {
        let tried = tokio::time::timeout(TRIAL, self.transport.test_connection()).await;
        self.heard(tried.map_or(Err(PostError::Silent), |tried| Ok(tried?)))
    }

    /// Rings: there is something to send.
    pub fn wake(&self) {
        self.bell.notify_one();
    }

    /// Waits for the bell; one that rang before is heard.
    pub async fn woken(&self) {
        self.bell.notified().await;
    }
}

fn parameters(config: &Config) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParameters::builder(config.smtp.host.clone());
    if let Some(pem) = &config.ca {
        builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
    }
    builder.build_rustls()
}
