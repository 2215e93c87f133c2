//! The configuration: environment variables and `.env`, read once at start. What is wrong is told all at once, each with its variable and cure.

mod brand;
mod dot_env;
mod files;
mod live;
mod notify;
mod portal_url;
mod reader;
mod secrets;
mod smtp;
mod upstream;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use ipnet::IpNet;

pub use crate::rate_limit::Rates;
use crate::tickets::PriorityUse;
use crate::uploads;
use brand::Brand;
pub use brand::Colour;
pub use live::{LiveConfig, Use};
pub use notify::NotifyConfig;
pub use portal_url::PortalUrl;
pub use reader::{Fault, Faults, Source};
pub use secrets::Secrets;
pub use smtp::{SmtpConfig, SmtpLogin, SmtpTls};
pub use upstream::ChatwootConfig;

use reader::Reader;

/// Everything an operator can say.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where customers find the portal.
    pub portal: PortalUrl,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Folder of the store.
    pub data_dir: PathBuf,
    /// What keys are derived from.
    pub secrets: Secrets,
    /// Whether cookies need https.
    pub cookies: CookieSafety,
    /// The help desk.
    pub chatwoot: ChatwootConfig,
    /// How one hears of what happens there.
    pub live: LiveConfig,
    /// The way mail goes.
    pub smtp: SmtpConfig,
    /// Mails about answers.
    pub notify: NotifyConfig,
    /// A private certificate authority, in PEM, for Chatwoot and SMTP.
    pub ca: Option<Vec<u8>>,
    /// Name, colour, logo.
    pub brand: Brand,
    /// Language of those who ask for none that there is.
    pub default_language: String,
    /// Folder of more or other texts.
    pub locales_dir: Option<PathBuf>,
    /// Who may sign in.
    pub sign_in: WhoMaySignIn,
    /// Minutes for which link and code are good.
    pub link_minutes: u32,
    /// Minutes after which an unused session ends.
    pub session_minutes: u32,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Most connections of one client; the listener's own limit.
    pub connections_per_client: usize,
    /// How often a customer may write and open.
    pub rates: Rates,
    /// Whether a new ticket's first message begins with its subject, for agents see it nowhere else at a glance.
    pub subject_line: bool,
    /// Whether customers see how urgent a ticket is, and say so.
    pub priority: PriorityUse,
    /// What files customers may send, and how many may wait.
    pub files: uploads::Settings,
    /// Whether tickets that customers began by e-mail are in their lists.
    pub email_tickets: bool,
    /// Whether replies to them are sent as mails for the customer.
    pub email_replies: bool,
    /// What works but should be looked at, said at every start.
    pub warnings: Vec<String>,
}

/// Whether cookies need https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieSafety {
    /// `__Host-` names and Secure.
    Secure,
    /// Plain names, for plain http, because the operator said so.
    Plain,
}

/// Who may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoMaySignIn {
    /// Whoever Chatwoot or we know.
    Contacts,
    /// Whoever has a mailbox.
    Anyone,
}

impl FromStr for WhoMaySignIn {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "contacts" => Ok(Self::Contacts),
            "anyone" => Ok(Self::Anyone),
            _ => Err(()),
        }
    }
}

impl Config {
    /// Reads the process's environment, and `.env` of the working folder for what is not set there.
    pub fn from_environment() -> Result<Self, Faults> {
        let file = env_file().map_err(|error| {
            Faults(vec![Fault {
                variable: ".env",
                problem: format!("cannot be read: {error}"),
                cure: "Make it a text file in UTF-8 that this user may read, or take it away."
                    .to_owned(),
            }])
        })?;
        Self::read(&|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
    }

    /// Reads variables from anywhere.
    pub fn read(source: Source<'_>) -> Result<Self, Faults> {
        let mut reader = Reader::new(source);
        let r = &mut reader;
        let mut warnings = Vec::new();
        let insecure = r.switch("INSECURE_COOKIES", false);
        let portal = PortalUrl::read(r, insecure);
        let secrets = Secrets::read(r, &mut warnings);
        let ca = upstream::read_ca(r);
        let chatwoot = ChatwootConfig::read(r);
        let live = LiveConfig::read(r, portal.as_ref());
        let brand = Brand::read(r);
        let smtp = SmtpConfig::read(r, &brand.name);
        let notify = NotifyConfig::read(r);
        warnings.extend(unencrypted(chatwoot.as_ref(), smtp.as_ref()));
        let ip = r.parsed(
            "BIND",
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            "Give an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.",
        );
        let port = r.parsed("PORT", 3001, "Give a port from 1 to 65535.");
        let locales_dir = r.text("LOCALES_DIR").map(PathBuf::from);
        if let Some(folder) = locales_dir.as_ref().filter(|folder| !folder.is_dir()) {
            let problem = format!("{} is no folder", folder.display());
            r.fault(
                "LOCALES_DIR",
                problem,
                "Give a folder with one folder per language, such as it/app.ftl.",
            );
        }
        let default_language = r
            .text("DEFAULT_LANGUAGE")
            .unwrap_or_else(|| "en".to_owned());
        if default_language
            .parse::<unic_langid::LanguageIdentifier>()
            .is_err()
        {
            let problem = format!("{default_language:?} is no language");
            r.fault(
                "DEFAULT_LANGUAGE",
                problem,
                "Give a tag such as en, es or pt-BR.",
            );
        }
        let sign_in = r.parsed(
            "SIGN_IN",
            WhoMaySignIn::Contacts,
            "Give contacts, for those whom Chatwoot knows, or anyone.",
        );
        let link_minutes = r.number("LINK_MINUTES", 15, 1..=1440);
        let session_minutes = r.number("SESSION_MINUTES", 30, 1..=720);
        let trusted_proxies = proxies(r);
        let usual = Rates::default();
        let connections_per_client = r.number("CONNECTIONS_PER_CLIENT", 200, 8..=1_000_000);
        let rates = Rates {
            tickets_per_hour: r.number("TICKETS_PER_HOUR", usual.tickets_per_hour, 1..=100_000),
            replies_per_hour: r.number("REPLIES_PER_HOUR", usual.replies_per_hour, 1..=100_000),
            reads_per_minute: r.number("READS_PER_MINUTE", usual.reads_per_minute, 1..=100_000),
            answer_mails_per_minute: r.number(
                "NOTIFY_PER_MINUTE",
                usual.answer_mails_per_minute,
                1..=6_000,
            ),
        };
        let files = files::read(r);
        let subject_line = r.switch("SUBJECT_LINE", true);
        let priority = r.parsed("PRIORITY", PriorityUse::Off, "Give off, show or ask.");
        let email_tickets = r.switch("EMAIL_TICKETS", true);
        let email_replies = r.parsed("EMAIL_REPLIES", Use::Auto, "Give auto or off.") != Use::Off;
        let data_dir = r
            .text("DATA_DIR")
            .map_or_else(|| PathBuf::from("./data"), PathBuf::from);
        reader.finish()?;
        let (Some(portal), Some(secrets), Some(chatwoot), Some(smtp)) =
            (portal, secrets, chatwoot, smtp)
        else {
            // Each of them is `None` only with a fault noted.
            return Err(Faults(Vec::new()));
        };
        // Browsers take Secure cookies from this machine over plain http too, Safari excepted.
        let plain = insecure && !portal.is_https();
        let cookies = if plain {
            CookieSafety::Plain
        } else {
            CookieSafety::Secure
        };
        if plain {
            warnings.push("INSECURE_COOKIES: customers come by plain http; whoever is on the way can take their sessions".to_owned());
        }
        Ok(Self {
            portal,
            listen: SocketAddr::new(ip, port),
            data_dir,
            secrets,
            cookies,
            chatwoot,
            live,
            smtp,
            notify,
            ca,
            brand,
            default_language,
            locales_dir,
            sign_in,
            link_minutes,
            session_minutes,
            trusted_proxies,
            rates,
            subject_line,
            priority,
            files,
            email_tickets,
            email_replies,
            connections_per_client: usize::try_from(connections_per_client).unwrap_or(usize::MAX),
            warnings,
        })
    }
}

/// What leaves this machine so that others on the way can read it.
fn unencrypted(chatwoot: Option<&ChatwootConfig>, smtp: Option<&SmtpConfig>) -> Vec<String> {
    let mut warnings = Vec::new();
    let host = chatwoot.and_then(|it| it.url.host_str().filter(|_| it.url.scheme() == "http"));
    if let Some(host) = host.filter(|host| !smtp::is_loopback(host)) {
        warnings.push(format!("CHATWOOT_URL: the token and all tickets go to {host} unencrypted; take https, unless the network between is yours alone"));
    }
    let plain = smtp.filter(|it| it.tls == SmtpTls::None && !smtp::is_loopback(&it.host));
    if let Some(smtp) = plain {
        warnings.push(format!("SMTP_TLS: sign-in links and the password go to {} unencrypted; take starttls or tls, unless the network between is yours alone", smtp.host));
    }
    warnings
}

/// One setting by itself, for a command that needs no other.
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name)
        .ok()
        .or_else(|| env_file().ok()?.remove(name))
        .filter(|value| !value.trim().is_empty())
}

/// The variables of `.env` in the working folder; none if there is no such file.
fn env_file() -> std::io::Result<HashMap<String, String>> {
    match std::fs::read_to_string(".env") {
        Ok(text) => Ok(dot_env::parse(&text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(HashMap::new()),
        Err(error) => Err(error),
    }
}

/// Networks, or single addresses.
fn proxies(reader: &mut Reader<'_>) -> Vec<IpNet> {
    struct Net(IpNet);
    impl FromStr for Net {
        type Err = ();
        fn from_str(text: &str) -> Result<Self, ()> {
            text.parse()
                .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
                .map(Net)
                .map_err(|_| ())
        }
    }
    reader
        .list::<Net>(
            "TRUSTED_PROXIES",
            "Give addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8.",
        )
        .into_iter()
        .map(|net| net.0)
        .collect()
}

#[cfg(test)]
mod tests;
