//! How mail is sent: 465 is TLS, every other port STARTTLS, except on this machine, where mail may go unencrypted.

use std::net::IpAddr;
use std::str::FromStr;

use lettre::Address;
use lettre::message::Mailbox;
use secrecy::SecretString;

use super::reader::Reader;

/// An SMTP server and who writes.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: SmtpTls,
    /// User name and password; none, no login.
    pub login: Option<SmtpLogin>,
    /// Sender of all mails.
    pub from: Mailbox,
}

/// Who logs in.
#[derive(Clone, Debug)]
pub struct SmtpLogin {
    /// User name.
    pub user: String,
    /// Password.
    pub password: SecretString,
}

/// How the connection to the SMTP server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// From the first byte.
    Tls,
    /// After STARTTLS, which the server must offer.
    Starttls,
    /// Not at all.
    None,
}

impl FromStr for SmtpTls {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "tls" => Ok(Self::Tls),
            "starttls" => Ok(Self::Starttls),
            "none" => Ok(Self::None),
            _ => Err(()),
        }
    }
}

impl SmtpConfig {
    pub(super) fn read(reader: &mut Reader<'_>, brand: &str) -> Option<Self> {
        let host = reader.required(
            "SMTP_ADDRESS",
            "Give the host of your SMTP server: sign-in links go by mail.",
        );
        let port = reader.parsed("SMTP_PORT", 587, "Give a port, such as 587 or 465.");
        let user = reader.text("SMTP_USERNAME");
        let password = reader.text("SMTP_PASSWORD").map(SecretString::from);
        let from = read_from(reader, user.as_deref(), brand);
        let login = match (user, password) {
            (None, _) => None,
            (Some(user), Some(password)) => Some(SmtpLogin { user, password }),
            (Some(_), None) => {
                reader.fault(
                    "SMTP_PASSWORD",
                    "is missing, but there is a SMTP_USERNAME",
                    "Give the password, or no user name for a server that wants no login.",
                );
                None
            }
        };
        let said = reader.text("SMTP_TLS").map(|text| {
            let read = text.parse::<SmtpTls>();
            if read.is_err() {
                reader.fault(
                    "SMTP_TLS",
                    format!("{text:?} is not understood"),
                    "Give tls, starttls or none, or nothing: 465 is TLS, other ports STARTTLS.",
                );
            }
            read
        });
        let host = host?;
        let tls = match (said, port) {
            (Some(Ok(said)), _) => said,
            (_, 465) => SmtpTls::Tls,
            _ if is_loopback(&host) => SmtpTls::None,
            _ => SmtpTls::Starttls,
        };
        Some(Self {
            host,
            port,
            tls,
            login,
            from: from?,
        })
    }
}

fn read_from(reader: &mut Reader<'_>, user: Option<&str>, brand: &str) -> Option<Mailbox> {
    const CURE: &str = "Give the sender of your mails, such as support@example.com or \"Support <support@example.com>\".";
    let found = ["SMTP_FROM", "MAILER_FROM"]
        .into_iter()
        .find_map(|variable| Some((variable, reader.text(variable)?)))
        .or_else(|| Some(("SMTP_USERNAME", user?.to_owned())));
    let Some((variable, text)) = found else {
        reader.fault(
            "SMTP_FROM",
            "is missing, and there is no SMTP_USERNAME in its place",
            CURE,
        );
        return None;
    };
    let parsed = text
        .parse::<Mailbox>()
        .ok()
        .or_else(|| {
            text.parse::<Address>()
                .ok()
                .map(|email| Mailbox::new(None, email))
        })
        .filter(|mailbox| {
            !text.chars().any(char::is_control) && AsRef::<str>::as_ref(&mailbox.email).is_ascii()
        });
    match parsed {
        Some(mut mailbox) => {
            mailbox.name.get_or_insert_with(|| brand.to_owned());
            Some(mailbox)
        }
        None if variable == "SMTP_USERNAME" => {
            reader.fault(
                "SMTP_FROM",
                "is missing, and SMTP_USERNAME is no mail address",
                CURE,
            );
            None
        }
        None => {
            reader.fault(variable, format!("{text:?} is no mail address"), CURE);
            None
        }
    }
}

/// Whether a host is this machine by its name or address.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
