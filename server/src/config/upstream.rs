//! Where Chatwoot is and who asks there.

use chatwoot::{AccountId, InboxId};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::reader::Reader;

/// Chatwoot, the account, the inbox and the token.
#[derive(Clone, Debug)]
pub struct ChatwootConfig {
    /// Where it is asked.
    pub url: Url,
    /// The address that its files have.
    pub public_url: Option<Url>,
    /// Hosts to which its files may redirect.
    pub storage_hosts: Vec<String>,
    /// The service user's token.
    pub token: SecretString,
    /// The account.
    pub account: AccountId,
    /// The portal's API inbox.
    pub inbox: InboxId,
}

impl ChatwootConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let url = address(reader, "CHATWOOT_URL", Some("http://localhost:3000"));
        let public_url = address(reader, "CHATWOOT_PUBLIC_URL", None);
        let storage_hosts = reader.list(
            "CHATWOOT_STORAGE_HOSTS",
            "Give hosts with commas between, such as bucket.s3.example.com.",
        );
        let token = reader.required_secret(
            "CHATWOOT_API_TOKEN",
            "Give the access token of an administrator (Chatwoot: Profile settings, Access token).",
        );
        if token.as_ref().is_some_and(|token| {
            !token
                .expose_secret()
                .trim()
                .bytes()
                .all(|byte| byte.is_ascii_graphic())
        }) {
            reader.fault(
                "CHATWOOT_API_TOKEN",
                "has characters that no token has",
                "Copy it again from Chatwoot: Profile settings, Access token.",
            );
        }
        let account = reader.parsed(
            "CHATWOOT_ACCOUNT_ID",
            1,
            "Give the number after /accounts/ in Chatwoot's address.",
        );
        let account = AccountId::new(account).ok();
        if account.is_none() {
            reader.fault(
                "CHATWOOT_ACCOUNT_ID",
                "is no id",
                "Give the number after /accounts/ in Chatwoot's address.",
            );
        }
        const INBOX: &str =
            "Give the number of the API inbox: it is in the address of its settings in Chatwoot.";
        let inbox = reader.required("CHATWOOT_INBOX_ID", INBOX)?;
        let Ok(inbox) = inbox.parse() else {
            reader.fault("CHATWOOT_INBOX_ID", format!("{inbox:?} is no id"), INBOX);
            return None;
        };
        Some(Self {
            url: url?,
            public_url,
            storage_hosts,
            token: SecretString::from(token?.expose_secret().trim()),
            account: account?,
            inbox,
        })
    }
}

fn address(reader: &mut Reader<'_>, variable: &'static str, usual: Option<&str>) -> Option<Url> {
    const CURE: &str =
        "Give an address such as https://chat.example.com, without query or user name.";
    let text = reader.text(variable).or_else(|| usual.map(str::to_owned))?;
    let good = Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    if good.is_none() {
        // Not repeated: it may hold a password.
        reader.fault(
            variable,
            "is no http or https address, or has more in it than one needs",
            CURE,
        );
    }
    good
}

/// The file that CA_FILE names.
pub(super) fn read_ca(reader: &mut Reader<'_>) -> Option<Vec<u8>> {
    const CURE: &str = "Give a readable file of certificates in PEM form.";
    let path = reader.text("CA_FILE")?;
    match std::fs::read(&path) {
        Ok(pem)
            if reqwest::Certificate::from_pem_bundle(&pem).is_ok_and(|list| !list.is_empty()) =>
        {
            Some(pem)
        }
        Ok(_) => {
            reader.fault("CA_FILE", format!("{path} has no certificate"), CURE);
            None
        }
        Err(error) => {
            reader.fault("CA_FILE", format!("{path} cannot be read: {error}"), CURE);
            None
        }
    }
}
