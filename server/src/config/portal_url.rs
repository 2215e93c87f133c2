//! Where the portal is: the address customers open, and the base path below which it serves. Links in mails come from here and nowhere else.

use std::net::IpAddr;

use url::{Host, Url};

use super::reader::Reader;

const CURE: &str =
    "Give the address that customers open, such as https://support.example.com/portal.";

/// The portal's public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalUrl {
    origin: String,
    host: String,
    base: String,
    https: bool,
    local: bool,
}

impl PortalUrl {
    /// Reads an address and, where it has no path, the base path: `None` is `/portal`.
    pub fn parse(text: &str, base_path: Option<&str>) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("{text:?} is no address ({error})"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{text:?} begins with neither https:// nor http://"));
        }
        let bare = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let Some(host) = url.host().filter(|_| bare) else {
            return Err(format!(
                "{text:?} has more than a scheme, a host, a port and a path"
            ));
        };
        let path = url.path().trim_end_matches('/');
        let wanted = base_path.map(|base| base.trim_end_matches('/'));
        let base = match (path, wanted) {
            ("", None) => "/portal",
            ("", Some(base)) => base,
            (path, None) => path,
            (path, Some(base)) if path == base => path,
            (path, Some(base)) => {
                return Err(format!(
                    "its path {path:?} is another than BASE_PATH's {base:?}"
                ));
            }
        };
        if !is_base(base) {
            return Err(format!(
                "the path {base:?} has more in it than letters, digits, dots, dashes and slashes"
            ));
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            host: host.to_string().to_ascii_lowercase(),
            base: base.to_owned(),
            https: url.scheme() == "https",
            local: is_local(&host),
        })
    }

    pub(super) fn read(reader: &mut Reader<'_>, insecure: bool) -> Option<Self> {
        let base_path = reader.text("BASE_PATH");
        let text = reader.required("PORTAL_URL", CURE)?;
        let url = match Self::parse(&text, base_path.as_deref()) {
            Ok(url) => url,
            Err(problem) => {
                reader.fault("PORTAL_URL", problem, CURE);
                return None;
            }
        };
        if !url.https && !url.local && !insecure {
            reader.fault(
                "PORTAL_URL",
                "is plain http, over which sessions can be stolen",
                "Serve it by https, or set INSECURE_COOKIES=1 on a network that you trust.",
            );
        }
        Some(url)
    }

    /// Scheme, host and port: what a browser sends as Origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host name, in lower case, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What every path begins with: empty at the root, else such as `/portal`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether customers come by https.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether it is this machine only.
    pub fn is_local(&self) -> bool {
        self.local
    }

    /// The whole address of a page (`app::paths`).
    pub fn page(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.base)
    }
}

fn is_local(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        Host::Ipv4(ip) => IpAddr::V4(*ip).is_loopback(),
        Host::Ipv6(ip) => IpAddr::V6(*ip).is_loopback(),
    }
}

fn is_base(base: &str) -> bool {
    base.is_empty()
        || base.strip_prefix('/').is_some_and(|rest| {
            rest.split('/').all(|part| {
                !matches!(part, "" | "." | "..")
                    && part
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_that_of_the_address_else_portal() {
        for (text, base_path, base) in [
            ("https://chat.example.com", None, "/portal"),
            ("https://chat.example.com/", None, "/portal"),
            ("https://chat.example.com/portal/", None, "/portal"),
            ("https://chat.example.com/help/desk", None, "/help/desk"),
            ("https://chat.example.com", Some("/"), ""),
            ("https://chat.example.com", Some("/x"), "/x"),
            ("https://chat.example.com/x", Some("/x/"), "/x"),
        ] {
            assert_eq!(
                PortalUrl::parse(text, base_path).unwrap().base(),
                base,
                "{text} {base_path:?}"
            );
        }
    }

    #[test]
    fn what_is_no_address_of_a_portal_is_refused() {
        for (text, base_path) in [
            ("", None),
            ("support.example.com", None),
            ("ftp://example.com", None),
            ("https://user:pw@example.com", None),
            ("https://example.com/?a", None),
            ("https://example.com/#a", None),
            ("https://example.com/a%20b", None),
            ("https://example.com/\"><script>", None),
            ("https://example.com/a", Some("/b")),
            ("https://example.com", Some("b")),
        ] {
            assert!(
                PortalUrl::parse(text, base_path).is_err(),
                "{text} {base_path:?}"
            );
        }
    }

    #[test]
    fn a_page_has_its_whole_address() {
        let url = PortalUrl::parse("https://Support.Example.com:8443", Some("/")).unwrap();
        assert_eq!(
            url.page("/tickets"),
            "https://support.example.com:8443/tickets"
        );
        assert!(url.is_https() && !url.is_local());
        assert!(
            PortalUrl::parse("http://[::1]:3001", None)
                .unwrap()
                .is_local()
        );
    }
}
