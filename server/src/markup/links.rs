//! Which addresses may be links, and which links say where they really lead.

use app::tickets::markup::{Node, plain_text};
use url::Url;

/// Longest address that becomes a link.
const LONGEST: usize = 2_000;

/// The address if it may be a link: http or https with a host, mailto or tel. Written out as the browser will read it, so
/// that no trick of spelling gives it another scheme.
pub fn safe_link(address: &str) -> Option<String> {
    if address.len() > LONGEST {
        return None;
    }
    let mut url = Url::parse(address.trim()).ok()?;
    let fine = match url.scheme() {
        // A name before the host is there to make it look like another one.
        "http" | "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "mailto" => is_mailbox(url.path()),
        "tel" => is_number(url.path()) && url.query().is_none() && url.fragment().is_none(),
        _ => false,
    };
    if !fine {
        return None;
    }
    if url.scheme() == "mailto" {
        url.set_fragment(None);
        // Copies to others that the writer of the mail would not see.
        let plain = |key: &str| matches!(key, "subject" | "body");
        if url.query_pairs().any(|(key, _)| !plain(&key)) || has_control(url.query()) {
            url.set_query(None);
        }
    }
    let text = String::from(url);
    (text.len() <= LONGEST).then_some(text)
}

fn is_mailbox(path: &str) -> bool {
    path.contains('@') && !has_control(Some(path))
}

/// A control character written with a percent sign would be a new line of the mail's head.
fn has_control(text: Option<&str>) -> bool {
    text.is_some_and(|text| {
        let mut codes = text.split('%').skip(1);
        let deleted = |code: &str| {
            code.get(..2)
                .is_some_and(|it| it.eq_ignore_ascii_case("7f"))
        };
        codes.any(|code| code.starts_with(['0', '1']) || deleted(code))
    })
}

/// A number that is dialled, not one that a telephone takes as an order.
fn is_number(path: &str) -> bool {
    path.bytes().any(|b| b.is_ascii_digit())
        && path
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.() ".contains(&b))
}

/// Where a link leads, if its text is an address and names another place.
pub(super) fn true_place(target: &str, nodes: &[Node]) -> Option<String> {
    let shown = plain_text(nodes);
    let shown = shown.trim();
    if shown.is_empty() || shown.len() > LONGEST || shown.contains(char::is_whitespace) {
        return None;
    }
    let target = Url::parse(target).ok()?;
    if target.scheme() == "mailto" {
        let said = shown.trim_start_matches("mailto:");
        let differs = said.contains('@') && !target.path().eq_ignore_ascii_case(said);
        return differs.then(|| target.path().to_owned());
    }
    let host = target.host_str()?;
    let said = match Url::parse(shown) {
        Ok(url) if url.has_host() => url,
        _ => Url::parse(&format!("https://{shown}")).ok()?,
    };
    let said = said.host_str().filter(|host| is_name(host))?;
    let bare = |host: &str| host.trim_start_matches("www.").to_ascii_lowercase();
    (bare(said) != bare(host)).then(|| host.to_owned())
}

/// Whether people would take it for the name of a site.
fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphanumeric())
}
