//! Whether a call comes from our own pages (promise A7): Sec-Fetch-Site says so; without it Origin; without both it does not.

use http::header::{HOST, ORIGIN};
use http::request::Parts;

use crate::hosts::is_local;

/// Reads the two headers. `ours` is the origin of PORTAL_URL.
pub fn is_from_our_pages(parts: &Parts, ours: &str) -> bool {
    let mut sites = parts.headers.get_all("sec-fetch-site").iter();
    if let Some(site) = sites.next() {
        return site == "same-origin" && sites.next().is_none();
    }
    let mut origins = parts.headers.get_all(ORIGIN).iter();
    match (origins.next().map(|it| it.to_str()), origins.next()) {
        (Some(Ok(origin)), None) => origin == ours || is_own_address(parts, origin),
        _ => false,
    }
}

/// On this machine the portal may be opened by another name than that of PORTAL_URL.
fn is_own_address(parts: &Parts, origin: &str) -> bool {
    let host = parts.headers.get(HOST).and_then(|it| it.to_str().ok());
    host.is_some_and(|host| is_local(host) && origin.strip_prefix("http://") == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a7_only_our_own_pages_may_change_anything() {
        const OURS: &str = "https://support.example.com";
        for (sites, origins, host, allowed) in [
            (
                &["same-origin"][..],
                &[OURS][..],
                "support.example.com",
                true,
            ),
            (&["same-origin"], &[], "support.example.com", true),
            (&["same-site"], &[OURS], "support.example.com", false),
            (
                &["cross-site"],
                &["https://evil.example"],
                "support.example.com",
                false,
            ),
            (&["cross-site"], &[], "support.example.com", false),
            (&["none"], &[], "support.example.com", false),
            (
                &["same-origin", "same-origin"],
                &[OURS],
                "support.example.com",
                false,
            ),
            (&["SAME-ORIGIN"], &[OURS], "support.example.com", false),
            (&[], &[OURS], "support.example.com", true),
            (&[], &["https://evil.example"], "support.example.com", false),
            (&[], &["null"], "support.example.com", false),
            (
                &[],
                &["https://support.example.com.evil.example"],
                "support.example.com",
                false,
            ),
            (
                &[],
                &["http://support.example.com"],
                "support.example.com",
                false,
            ),
            (&[], &[], "support.example.com", false),
            (&[], &[OURS, OURS], "support.example.com", false),
            (&[], &["http://localhost:3001"], "localhost:3001", true),
            (&[], &["http://localhost:3002"], "localhost:3001", false),
            (&[], &["http://evil.example"], "evil.example", false),
        ] {
            let mut request = http::Request::builder().header(HOST, host);
            for site in sites {
                request = request.header("sec-fetch-site", *site);
            }
            for origin in origins {
                request = request.header(ORIGIN, *origin);
            }
            let parts = request.body(()).unwrap().into_parts().0;
            assert_eq!(
                is_from_our_pages(&parts, OURS),
                allowed,
                "{sites:?} {origins:?} {host}"
            );
        }
    }
}
