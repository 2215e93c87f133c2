//! For tests: a configuration that nothing is asked with.

use crate::config::Config;

/// A configuration that nothing is asked with, and one setting more.
pub(super) fn config_with(more: (&str, &str)) -> Config {
    Config::read(&|name| {
        let said = match name {
            "PORTAL_URL" => "http://localhost:3001",
            "SESSION_SECRET" => "0123456789abcdef0123456789abcdef",
            "CHATWOOT_API_TOKEN" => "token",
            "CHATWOOT_INBOX_ID" => "1",
            "SMTP_ADDRESS" => "localhost",
            "SMTP_FROM" => "portal@acme.example",
            _ if name == more.0 => more.1,
            _ => return None,
        };
        Some(said.to_owned())
    })
    .unwrap()
}
