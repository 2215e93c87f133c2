//! The seed's file works unchanged, and everything wrong is told at once.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::*;

const SEED: &[(&str, &str)] = &[
    ("PORT", "3001"),
    ("SESSION_SECRET", "0123456789abcdef0123456789abcdef"),
    ("CHATWOOT_API_TOKEN", "tokentokentoken"),
    ("CHATWOOT_ACCOUNT_ID", "1"),
    ("CHATWOOT_INBOX_ID", "3"),
    ("PORTAL_URL", "https://chat.example.com"),
    ("SMTP_ADDRESS", "smtp.example.com"),
    ("SMTP_PORT", "587"),
    ("SMTP_USERNAME", "support@example.com"),
    ("SMTP_PASSWORD", "hunter2"),
    ("SMTP_FROM", "Support <support@example.com>"),
];

fn read(changes: &[(&str, &str)]) -> Result<Config, Faults> {
    let mut variables: HashMap<&str, &str> = SEED.iter().copied().collect();
    variables.extend(changes.iter().copied());
    Config::read(&|name| variables.get(name).map(|value| (*value).to_owned()))
}

#[test]
fn the_seeds_file_is_enough() {
    let config = read(&[]).unwrap();
    assert_eq!(
        config.portal.page("/sign-in"),
        "https://chat.example.com/portal/sign-in"
    );
    assert_eq!(config.listen.to_string(), "127.0.0.1:3001");
    assert_eq!(config.chatwoot.url.as_str(), "http://localhost:3000/");
    assert_eq!(config.cookies, CookieSafety::Secure);
    assert_eq!(config.smtp.tls, SmtpTls::Starttls);
    assert_eq!((config.link_minutes, config.session_minutes), (15, 30));
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn every_variable_stands_in_the_readme_and_in_the_help() {
    let asked = RefCell::new(BTreeSet::new());
    let _ = Config::read(&|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    });
    let readme = include_str!("../../../README.md");
    let help = include_str!("../cli/variables.txt");
    for name in asked.into_inner() {
        let words = |text: &str| {
            text.split(|c: char| !c.is_ascii_uppercase() && c != '_')
                .any(|word| word == name)
        };
        assert!(words(readme), "the README does not name {name}");
        assert!(words(help), "`--help` does not name {name}");
    }
}

#[test]
fn r11_every_fault_is_told_at_once_with_its_variable_and_cure() {
    let faults = Config::read(&|name| match name {
        "PORT" => Some("99999".to_owned()),
        "BIND" => Some("everywhere".to_owned()),
        "TRUSTED_PROXIES" => Some("10.0.0.0/8, the proxy".to_owned()),
        "BRAND_COLOR" => Some("bluish".to_owned()),
        "SMTP_TLS" => Some("perhaps".to_owned()),
        "LINK_MINUTES" => Some("0".to_owned()),
        "CA_FILE" => Some("/does/not/exist".to_owned()),
        _ => None,
    })
    .unwrap_err();
    let named: Vec<_> = faults.0.iter().map(|fault| fault.variable).collect();
    for variable in [
        "PORTAL_URL",
        "SESSION_SECRET",
        "CHATWOOT_API_TOKEN",
        "CHATWOOT_INBOX_ID",
        "SMTP_ADDRESS",
        "SMTP_FROM",
        "PORT",
        "BIND",
        "TRUSTED_PROXIES",
        "BRAND_COLOR",
        "SMTP_TLS",
        "LINK_MINUTES",
        "CA_FILE",
    ] {
        assert!(
            named.contains(&variable),
            "{variable} is not among {named:?}"
        );
    }
    assert!(faults.0.iter().all(|fault| !fault.cure.is_empty()));
}

#[test]
fn plain_http_is_for_this_machine_or_for_those_who_insist() {
    let local = read(&[("PORTAL_URL", "http://localhost:3001")]).unwrap();
    assert_eq!(local.cookies, CookieSafety::Secure);
    assert!(local.warnings.is_empty());
    let refused = read(&[("PORTAL_URL", "http://chat.example.com")]).unwrap_err();
    assert_eq!(refused.0[0].variable, "PORTAL_URL");
    let insisted = read(&[
        ("PORTAL_URL", "http://chat.example.com"),
        ("INSECURE_COOKIES", "1"),
    ])
    .unwrap();
    assert_eq!(insisted.cookies, CookieSafety::Plain);
    assert_eq!(insisted.warnings.len(), 1);
}

#[test]
fn mail_is_encrypted_but_on_this_machine() {
    for (address, port, said, tls) in [
        ("smtp.example.com", "465", "", SmtpTls::Tls),
        ("smtp.example.com", "25", "", SmtpTls::Starttls),
        ("127.0.0.1", "1025", "", SmtpTls::None),
        ("localhost", "465", "", SmtpTls::Tls),
        ("smtp.example.com", "2525", "none", SmtpTls::None),
        ("localhost", "25", "STARTTLS", SmtpTls::Starttls),
    ] {
        let config = read(&[
            ("SMTP_ADDRESS", address),
            ("SMTP_PORT", port),
            ("SMTP_TLS", said),
        ])
        .unwrap();
        assert_eq!(config.smtp.tls, tls, "{address}:{port} {said}");
    }
}

#[test]
fn the_sender_may_be_named_in_three_places() {
    for (changes, from) in [
        (
            &[("SMTP_FROM", "help@example.com")][..],
            "Support <help@example.com>",
        ),
        (
            &[
                ("SMTP_FROM", ""),
                ("MAILER_FROM", "Help Desk <h@example.com>"),
            ],
            "Help Desk <h@example.com>",
        ),
        (
            &[("SMTP_FROM", ""), ("BRAND_NAME", "Acme")],
            "Acme <support@example.com>",
        ),
    ] {
        assert_eq!(read(changes).unwrap().smtp.from.to_string(), from);
    }
    let refused = read(&[("SMTP_FROM", "a@b\r\nBcc: c@d")]).unwrap_err();
    assert_eq!(refused.0[0].variable, "SMTP_FROM");
}

#[test]
fn a5_no_secret_is_shown_when_the_configuration_is_printed() {
    let config = read(&[("SESSION_SECRET_PREVIOUS", "an-older-secret,another")]).unwrap();
    let shown = format!("{config:?}");
    for secret in [
        "0123456789abcdef",
        "tokentoken",
        "hunter2",
        "an-older-secret",
    ] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn a_short_secret_is_warned_of() {
    let config = read(&[("SESSION_SECRET", "short")]).unwrap();
    assert!(config.warnings[0].contains("SESSION_SECRET"));
}

#[test]
fn what_would_leave_this_machine_unencrypted_is_warned_of() {
    let warned = |changes: &[(&str, &str)]| read(changes).unwrap().warnings;
    let [chatwoot] = &warned(&[("CHATWOOT_URL", "http://chat.example.com:3000")])[..] else {
        panic!("not one warning");
    };
    assert!(chatwoot.contains("CHATWOOT_URL") && chatwoot.contains("chat.example.com"));
    let [mail] = &warned(&[("SMTP_TLS", "none")])[..] else {
        panic!("not one warning");
    };
    assert!(mail.contains("SMTP_TLS") && mail.contains("smtp.example.com"));
    let here = [
        ("CHATWOOT_URL", "http://127.0.0.1:3000"),
        ("SMTP_ADDRESS", "localhost"),
        ("SMTP_TLS", "none"),
    ];
    assert!(warned(&here).is_empty());
    assert!(warned(&[("CHATWOOT_URL", "https://chat.example.com")]).is_empty());
}
