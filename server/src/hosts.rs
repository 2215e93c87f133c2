//! Which Host headers are answered (promise S8): that of PORTAL_URL, and this machine's own names when it listens there.

use std::net::{IpAddr, SocketAddr};

use http::{StatusCode, header};

use crate::config::PortalUrl;
use crate::state::State;

/// Refuses requests for other hosts, by a status.
pub fn check<B>(request: &http::Request<B>, state: &State) -> Result<(), StatusCode> {
    judge(request, &state.config.portal, state.config.listen)
}

fn judge<B>(
    request: &http::Request<B>,
    portal: &PortalUrl,
    listen: SocketAddr,
) -> Result<(), StatusCode> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().map_err(|_| StatusCode::BAD_REQUEST)?,
        _ => return Err(StatusCode::BAD_REQUEST),
    };
    let name = name_of(host).ok_or(StatusCode::BAD_REQUEST)?;
    // A request line with a whole address in it must mean the same host.
    let elsewhere = request
        .uri()
        .host()
        .is_some_and(|it| !it.eq_ignore_ascii_case(name));
    let here = listen.ip().is_loopback() || listen.ip().is_unspecified();
    let known = name.eq_ignore_ascii_case(portal.host()) || (here && is_local(host));
    if known && !elsewhere {
        Ok(())
    } else {
        Err(StatusCode::MISDIRECTED_REQUEST)
    }
}

/// Whether a Host header names this machine itself.
pub fn is_local(host: &str) -> bool {
    name_of(host).is_some_and(|name| {
        name.eq_ignore_ascii_case("localhost")
            || name
                .trim_matches(['[', ']'])
                .parse::<IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    })
}

/// A Host header without its port; `None` if it is malformed.
fn name_of(host: &str) -> Option<&str> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_is_good = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let bracketed = name.starts_with('[') && name.ends_with(']');
    let name_is_good = !name.is_empty()
        && name.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || b == b'-'
                || b == b'.'
                || (bracketed && b"[]:".contains(&b))
        });
    (port_is_good && name_is_good).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s8_unknown_hosts_are_refused() {
        let portal = PortalUrl::parse("https://support.example.com", None).unwrap();
        let (here, there) = ("127.0.0.1:3001", "192.0.2.1:3001");
        for (hosts, listen, refusal) in [
            (&["support.example.com"][..], here, None),
            (&["SUPPORT.example.com"], here, None),
            (&["support.example.com:443"], here, None),
            (&["127.0.0.1:3001"], here, None),
            (&["localhost"], here, None),
            (&["[::1]:3001"], here, None),
            (&["localhost"], there, Some(421)),
            (&["evil.example"], here, Some(421)),
            (&["support.example.com.evil.example"], here, Some(421)),
            (&["support.example.com@evil.example"], here, Some(400)),
            (&["support.example.com:x"], here, Some(400)),
            (&["evil.example/support.example.com"], here, Some(400)),
            (&[""], here, Some(400)),
            (&[], here, Some(400)),
            (&["support.example.com", "evil.example"], here, Some(400)),
        ] {
            let mut request = http::Request::builder().uri("/portal");
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            let judged = judge(&request.body(()).unwrap(), &portal, listen.parse().unwrap());
            assert_eq!(
                judged.err().map(|it| it.as_u16()),
                refusal,
                "{hosts:?} {listen}"
            );
        }
        let absolute = http::Request::builder()
            .uri("http://evil.example/portal")
            .header(header::HOST, "support.example.com")
            .body(())
            .unwrap();
        assert!(judge(&absolute, &portal, here.parse().unwrap()).is_err());
    }
}
