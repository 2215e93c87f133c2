//! How the portal hears of what happens in Chatwoot: its webhook, its cable.

use std::str::FromStr;

use url::Url;

use super::portal_url::PortalUrl;
use super::reader::Reader;
use crate::webhooks::PATH;

/// Webhook and cable.
#[derive(Clone, Debug)]
pub struct LiveConfig {
    /// Whether Chatwoot is to post what happens.
    pub webhooks: Use,
    /// Where to.
    pub webhook_url: String,
    /// Whether a cable to Chatwoot is held.
    pub cable: Use,
}

/// Whether something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Never.
    Off,
    /// When it helps.
    Auto,
    /// Always.
    On,
}

impl FromStr for Use {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "off" | "0" | "no" | "false" => Ok(Self::Off),
            "auto" => Ok(Self::Auto),
            "on" | "1" | "yes" | "true" => Ok(Self::On),
            _ => Err(()),
        }
    }
}

impl LiveConfig {
    pub(super) fn read(reader: &mut Reader<'_>, portal: Option<&PortalUrl>) -> Self {
        let webhooks = reader.parsed("WEBHOOKS", Use::Auto, "Give auto or off.");
        let cable = reader.parsed("CABLE", Use::Auto, "Give auto, on or off.");
        let usual = portal.map(|portal| portal.page(PATH)).unwrap_or_default();
        let webhook_url = match reader.text("WEBHOOK_URL") {
            Some(text) => match address(&text, portal) {
                Some(address) => address,
                None => {
                    // Not repeated: it may hold a password.
                    reader.fault(
                        "WEBHOOK_URL",
                        "is no http or https address, or has more in it than one needs",
                        "Give the address at which Chatwoot reaches the portal, such as http://10.0.0.5:3001.",
                    );
                    usual
                }
            },
            None => usual,
        };
        Self {
            webhooks,
            webhook_url,
            cable,
        }
    }
}

/// The receiver at an address of the portal: with its own path or, where that is left out, the portal's.
fn address(text: &str, portal: Option<&PortalUrl>) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !good {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let base = path.strip_suffix(PATH).unwrap_or(path);
    let base = if base.is_empty() {
        portal.map_or("", PortalUrl::base)
    } else {
        base
    };
    Some(format!(
        "{}{base}{PATH}",
        url.origin().ascii_serialization()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_receivers_address_is_told_in_short_or_whole() {
        let portal = PortalUrl::parse("https://support.example.com/help", None).unwrap();
        for (text, whole) in [
            (
                "http://10.0.0.5:3001",
                Some("http://10.0.0.5:3001/help/webhooks/chatwoot"),
            ),
            (
                "http://10.0.0.5:3001/",
                Some("http://10.0.0.5:3001/help/webhooks/chatwoot"),
            ),
            (
                "http://portal/x/",
                Some("http://portal/x/webhooks/chatwoot"),
            ),
            (
                "http://portal/x/webhooks/chatwoot",
                Some("http://portal/x/webhooks/chatwoot"),
            ),
            ("portal:3001", None),
            ("http://a:b@portal", None),
            ("http://portal?x", None),
        ] {
            assert_eq!(address(text, Some(&portal)).as_deref(), whole, "{text}");
        }
    }
}
