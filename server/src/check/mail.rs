//! The mail server: whether it can be reached, encrypts as asked, and takes the login. No mail is sent.

use std::error::Error;
use std::io;

use super::report::Line;
use crate::config::{Config, SmtpConfig, SmtpTls};
use crate::email::post::{Post, PostError, SmtpError};

const PART: &str = "mail";

pub(super) async fn examine(config: &Config, post: &Post) -> Line {
    let smtp = &config.smtp;
    let place = format!("{}:{}", smtp.host, smtp.port);
    match post.try_connection().await {
        Ok(true) => Line::ok(
            PART,
            format!("{place} {}; mails are from {}", manner(smtp), smtp.from),
        ),
        Ok(false) => Line::fault(
            PART,
            format!("{place} answers, but not as a mail server that is well"),
            "Look at the mail server's own log.",
        ),
        Err(error) => Line::fault(PART, format!("{place}: {}", error), cure(smtp, &error)),
    }
}

fn manner(smtp: &SmtpConfig) -> String {
    let encryption = match smtp.tls {
        SmtpTls::Tls => "speaks TLS",
        SmtpTls::Starttls => "speaks TLS after STARTTLS",
        SmtpTls::None => "speaks without encryption",
    };
    match &smtp.login {
        Some(login) => format!("{encryption} and takes the login of {}", login.user),
        None => format!("{encryption}, without a login"),
    }
}

fn cure(smtp: &SmtpConfig, error: &PostError) -> &'static str {
    let refused = error.code();
    match refused {
        Some(530 | 534 | 535 | 538) if smtp.login.is_some() => {
            "Look at SMTP_USERNAME and SMTP_PASSWORD; some providers want a password made for programs."
        }
        Some(530 | 534 | 535 | 538) => "It wants a login: set SMTP_USERNAME and SMTP_PASSWORD.",
        Some(_) => {
            "It refuses this machine: see whether it may send there, and the mail server's own log."
        }
        None if is_distrust(error) => {
            "Its certificate is not trusted for this name: use the name it was made for, or set CA_FILE to your own authority."
        }
        None if error.said().is_some_and(SmtpError::is_client) => {
            "It does not offer what is asked of it: set SMTP_TLS to tls, starttls or none as your provider says."
        }
        None if error.said().is_none_or(SmtpError::is_timeout) => {
            "It does not answer: look at SMTP_ADDRESS, SMTP_PORT and firewalls, and set SMTP_TLS=tls if it speaks TLS from the first byte."
        }
        None => "Look at SMTP_ADDRESS and SMTP_PORT, and whether it can be reached from here.",
    }
}

/// Whether it is the certificate that is at fault, which the mail library calls a fault of the connection.
fn is_distrust(error: &(dyn Error + 'static)) -> bool {
    let inner = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(inner) => matches!(inner, rustls::Error::InvalidCertificate(_)),
        None => error.source().is_some_and(is_distrust),
    }
}
