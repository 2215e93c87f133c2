//! Which addresses may be links.

use url::Url;

/// Longest address that becomes a link.
const LONGEST: usize = 2_000;

/// The address if it may be a link: http or https with a host, mailto or tel. Written out as the browser will read it, so
/// that no trick of spelling gives it another scheme.
pub fn safe_link(address: &str) -> Option<String> {
    if address.len() > LONGEST {
        return None;
    }
    let url = Url::parse(address.trim()).ok()?;
    let fine = match url.scheme() {
        // A name before the host is there to make it look like another one.
        "http" | "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" | "tel" => !url.path().is_empty(),
        _ => false,
    };
    fine.then(|| url.into())
}
