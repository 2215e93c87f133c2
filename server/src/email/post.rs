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

/// How long each step of a session may take.
const PATIENCE: Duration = Duration::from_secs(20);

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
    pub async fn send(&self, message: Message) -> Result<(), SmtpError> {
        self.heard(self.transport.send(message).await.map(|_| ()))
    }

    /// Whether the mail server did as asked the last time; `None` if it was never asked.
    pub fn is_well(&self) -> Option<bool> {
        match self.last.load(Ordering::Relaxed) {
            NOT_TRIED => None,
            last => Some(last == WELL),
        }
    }

    fn heard<T>(&self, said: Result<T, SmtpError>) -> Result<T, SmtpError> {
        // Who refuses one recipient for good is well.
        let is_well = said.as_ref().err().is_none_or(SmtpError::is_permanent);
        self.last
            .store(if is_well { WELL } else { ILL }, Ordering::Relaxed);
        said
    }

    /// Connects, encrypts and logs in, and sends nothing.
    pub async fn try_connection(&self) -> Result<bool, SmtpError> {
        self.heard(self.transport.test_connection().await)
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
