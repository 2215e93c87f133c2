//! The log: to the standard error, as much as RUST_LOG says, and without a secret or a whole address at any level (promise A5).
//!
//! Our own lines hold none. What is passed over here is what others write: libraries at TRACE, and the words of mail servers and of Chatwoot,
//! which may quote what they were sent.

use std::io::{self, IsTerminal, Write};
use std::sync::{PoisonError, RwLock};

use base64ct::{Base64, Encoding};
use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;
use crate::sign_in::address;

/// Stands for a secret.
const HIDDEN: &str = "[hidden]";
/// Session ids, links and their like have 43 characters of base64url; nothing that an operator needs has so many (a UUID has 36).
const LONGEST_WORD: usize = 40;
/// Too short to be looked for: it would hide other words.
const SHORTEST: usize = 6;

/// Secrets of the configuration, as they may be written.
static SECRETS: RwLock<Vec<String>> = RwLock::new(Vec::new());

/// Writes the cable's frames, at TRACE and whole: Chatwoot's token of the subscription, and what agents write among themselves.
const FRAMES: &str = "tungstenite";

/// Logs to the standard error; RUST_LOG says how much.
pub fn start() {
    let lines = fmt::layer()
        .with_ansi(io::stderr().is_terminal())
        .with_writer(|| Masking(io::stderr()));
    let wanted = std::env::var("RUST_LOG").unwrap_or_default();
    let _ = tracing_subscriber::registry()
        .with(lines)
        .with(without_frames(wanted_of(&wanted)))
        .try_init();
}

/// What is logged: a level for all, or `target=level` with commas between. Levels alone are enough, and what understands expressions in spans
/// and fields (`EnvFilter`) takes more memory than the portal's own state.
fn wanted_of(wanted: &str) -> Targets {
    let parts = wanted.split(',').map(str::trim);
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    match parts.join(",").parse() {
        Ok(filter) if !parts.is_empty() => filter,
        _ => Targets::new().with_default(LevelFilter::INFO),
    }
}

/// The same without what no RUST_LOG brings into the log.
fn without_frames(wanted: Targets) -> Targets {
    let of_others = wanted.default_level().unwrap_or(LevelFilter::OFF);
    let all = std::iter::once((FRAMES.to_owned(), of_others)).chain(wanted);
    let bounded = all.map(|(target, level)| {
        let most = if target.starts_with(FRAMES) {
            LevelFilter::DEBUG
        } else {
            LevelFilter::TRACE
        };
        (target, level.min(most))
    });
    bounded.collect::<Targets>().with_default(of_others)
}

/// From now on no line shows a secret of this configuration.
pub fn hide_secrets(config: &Config) {
    let mut secrets = SECRETS.write().unwrap_or_else(PoisonError::into_inner);
    let mut hide = |secret: String| {
        if secret.len() >= SHORTEST && !secrets.contains(&secret) {
            secrets.push(secret);
        }
    };
    hide(config.chatwoot.token.expose_secret().to_owned());
    for secret in config.secrets.all() {
        hide(SecretString::expose_secret(secret).to_owned());
    }
    if let Some(login) = &config.smtp.login {
        let password = login.password.expose_secret();
        hide(password.to_owned());
        // As AUTH LOGIN and AUTH PLAIN send it.
        hide(Base64::encode_string(password.as_bytes()));
        let plain = format!("\0{}\0{password}", login.user);
        hide(Base64::encode_string(plain.as_bytes()));
    }
}

/// Writes events with what nobody is to read taken out. An event comes in one piece.
struct Masking<W>(W);

impl<W: Write> Write for Masking<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0
            .write_all(mask(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn mask(line: &str) -> String {
    let mut line = line.to_owned();
    for secret in SECRETS
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
    {
        if line.contains(secret) {
            line = line.replace(secret, HIDDEN);
        }
    }
    let mut masked = String::with_capacity(line.len());
    let mut word = String::new();
    let mut in_colour = false;
    for character in line.chars() {
        in_colour |= character == '\x1b';
        if in_colour {
            masked.push_str(&mask_word(&std::mem::take(&mut word)));
            masked.push(character);
            in_colour = !character.is_ascii_alphabetic();
        } else if is_of_a_word(character) {
            word.push(character);
        } else {
            masked.push_str(&mask_word(&word));
            word.clear();
            masked.push(character);
        }
    }
    masked.push_str(&mask_word(&word));
    masked
}

/// What an address or a token may be made of, and what their encodings for URLs add.
fn is_of_a_word(character: char) -> bool {
    character.is_alphanumeric() || "@.%+-_!#$&*^`{|}~".contains(character)
}

fn mask_word(word: &str) -> String {
    let word = word.replace("%40", "@");
    if let Some((local, domain)) = word.split_once('@')
        && !local.is_empty()
        && !domain.is_empty()
    {
        return address::masked(&word);
    }
    let of_a_token =
        |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let pieces = word.split_inclusive(|character| !of_a_token(character));
    pieces
        .map(|piece| {
            let token = piece.trim_end_matches(|character| !of_a_token(character));
            // Letters and digits, so that a line of dashes stays.
            if token.len() >= LONGEST_WORD && token.bytes().any(|byte| byte.is_ascii_digit()) {
                piece.replace(token, HIDDEN)
            } else {
                piece.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    const LEVELS: [Level; 4] = [Level::TRACE, Level::DEBUG, Level::INFO, Level::WARN];

    #[test]
    fn as_much_is_logged_as_the_operator_says() {
        let [trace, debug, info, warn] = LEVELS;
        for (wanted, target, most) in [
            ("", "server", Some(info)),
            ("a=b=c", "server", Some(info)),
            ("warn", "server::sync", Some(warn)),
            ("server=debug", "server::sync", Some(debug)),
            ("server=debug", "hyper", None),
            (
                " info, server::sync=trace,",
                "server::sync::cable",
                Some(trace),
            ),
            (" info, server::sync=trace,", "server::outbox", Some(info)),
            ("off", "server", None),
            ("5", "server", Some(trace)),
        ] {
            let filter = wanted_of(wanted);
            let shown = LEVELS.into_iter();
            let mut shown = shown.filter(|level| filter.would_enable(target, level));
            assert_eq!(shown.next(), most, "{wanted} {target}");
        }
    }

    #[test]
    fn a5_frames_of_the_cable_are_written_at_no_level() {
        for (wanted, most) in [
            ("trace", Some(Level::DEBUG)),
            ("info,tungstenite=trace", Some(Level::DEBUG)),
            ("warn,tungstenite::protocol=trace", Some(Level::DEBUG)),
            ("warn", Some(Level::WARN)),
            ("server=trace", None),
        ] {
            let filter = without_frames(wanted_of(wanted));
            let shown = LEVELS.into_iter();
            let mut shown =
                shown.filter(|level| filter.would_enable("tungstenite::protocol", level));
            assert_eq!(shown.next(), most, "{wanted}");
            let ours = filter.would_enable("server::sync", &Level::WARN);
            assert!(ours, "{wanted}");
        }
    }

    #[test]
    fn a5_no_line_shows_a_whole_address_or_a_token() {
        let token = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy0_-";
        for (line, shown) in [
            (
                "550 5.1.1 <ada@example.com>: rejected",
                "550 5.1.1 <a…@example.com>: rejected".to_owned(),
            ),
            (
                "to=\"ada.lovelace+x@example.com\", again",
                "to=\"a…@example.com\", again".to_owned(),
            ),
            (
                "GET /contacts?q=ada%40example.com&x=1",
                "GET /contacts?q=a…@example.com&x=1".to_owned(),
            ),
            (
                "user:ada@xn--bcher-kva.example/",
                "user:a…@xn--bcher-kva.example/".to_owned(),
            ),
            ("smtp: ŝ@exämple.com", "smtp: ŝ…@exämple.com".to_owned()),
            (
                "ticket=6bdc3f4d-0bec-4515-a284-5d916fdde489",
                "ticket=6bdc3f4d-0bec-4515-a284-5d916fdde489".to_owned(),
            ),
            (
                "reference=\"K7QF2M9X\" took 3 ms @ 5",
                "reference=\"K7QF2M9X\" took 3 ms @ 5".to_owned(),
            ),
            (
                "----------------------------------------------",
                "----------------------------------------------".to_owned(),
            ),
            (
                &format!("cookie: __Host-portal-session={token}; x"),
                format!("cookie: __Host-portal-session={HIDDEN}; x"),
            ),
            (
                &format!("/sign-in/link#{token}"),
                format!("/sign-in/link#{HIDDEN}"),
            ),
            (
                &format!("\x1b[2m{token}\x1b[0m\n"),
                format!("\x1b[2m{HIDDEN}\x1b[0m\n"),
            ),
        ] {
            assert_eq!(mask(line), shown, "{line}");
        }
    }

    #[test]
    fn a5_no_line_shows_a_secret_of_the_configuration_in_any_spelling() {
        let config = Config::read(&|name| {
            Some(
                match name {
                    "PORTAL_URL" => "https://support.example.com",
                    "SESSION_SECRET" => "a secret of the session, long enough",
                    "SESSION_SECRET_PREVIOUS" => "one that was before it",
                    "CHATWOOT_API_TOKEN" => "tokentokentoken",
                    "CHATWOOT_INBOX_ID" => "3",
                    "SMTP_ADDRESS" => "mail.example.com",
                    "SMTP_USERNAME" => "portal",
                    "SMTP_PASSWORD" => "hunter2hunter2",
                    "SMTP_FROM" => "portal@example.com",
                    _ => return None,
                }
                .to_owned(),
            )
        })
        .unwrap();
        hide_secrets(&config);
        for line in [
            "api-access-token: tokentokentoken",
            "a secret of the session, long enough",
            "one that was before it",
            "535 5.7.8 hunter2hunter2",
            "535 5.7.8 AHBvcnRhbABodW50ZXIyaHVudGVyMg==",
            "334 aHVudGVyMmh1bnRlcjI=",
        ] {
            let shown = mask(line);
            assert!(shown.contains(HIDDEN), "{line}: {shown}");
            assert!(
                !shown.contains("hunter2") && !shown.contains("token:  token"),
                "{shown}"
            );
        }
    }
}
