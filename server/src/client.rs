//! Who calls, as far as the connection tells: his network, his device. An address in X-Forwarded-For counts only from TRUSTED_PROXIES.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ConnectInfo;
use http::HeaderValue;
use http::request::Parts;
use ipnet::IpNet;

use crate::rate_limit::{ClientNet, Who};
use crate::sign_in::device;

/// Who calls.
#[derive(Clone, Debug)]
pub struct Client {
    /// The address that limits count.
    pub ip: IpAddr,
    agent: Option<HeaderValue>,
}

impl Client {
    /// Reads a request.
    pub fn of(parts: &Parts, trusted: &[IpNet]) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())
            .to_canonical();
        Self {
            ip: behind_proxies(peer, parts, trusted),
            agent: parts.headers.get(http::header::USER_AGENT).cloned(),
        }
    }

    /// Two words for his device.
    pub fn device(&self) -> String {
        let agent = self.agent.as_ref().and_then(|it| it.to_str().ok());
        device::describe(agent.unwrap_or_default())
    }

    /// His allowance.
    pub fn who(&self) -> Who {
        Who::Client(ClientNet::from(self.ip))
    }
}

/// From the right, the first address that is none of our proxies; each was added by the one after it.
fn behind_proxies(peer: IpAddr, parts: &Parts, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|net| net.contains(ip));
    let mut lines = parts.headers.get_all("x-forwarded-for").iter().peekable();
    if !is_trusted(&peer) {
        if lines.peek().is_some() {
            warn_once(peer);
        }
        return peer;
    }
    let lines: Vec<_> = lines.filter_map(|line| line.to_str().ok()).collect();
    let mut client = peer;
    for entry in lines.iter().flat_map(|line| line.split(',')).rev() {
        let Some(ip) = read_ip(entry.trim()) else {
            break;
        };
        client = ip;
        if !is_trusted(&ip) {
            break;
        }
    }
    client
}

fn read_ip(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .or_else(|_| text.parse::<SocketAddr>().map(|it| it.ip()))
        .ok()
        .map(|ip: IpAddr| ip.to_canonical())
}

fn warn_once(peer: IpAddr) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if !SAID.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "X-Forwarded-For from {peer} is not believed, and all behind it count as one client: if it is your proxy, set TRUSTED_PROXIES={peer}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut request = http::Request::builder();
        for line in lines {
            request = request.header("x-forwarded-for", *line);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        let peer: SocketAddr = format!("{peer}:1234").parse().unwrap();
        parts.extensions.insert(ConnectInfo(peer));
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        Client::of(&parts, &trusted).ip.to_string()
    }

    #[test]
    fn s6_a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let proxy = &["10.0.0.0/8"][..];
        for (peer, lines, trusted, ip) in [
            ("192.0.2.1", &["203.0.113.9"][..], &[][..], "192.0.2.1"),
            ("192.0.2.1", &["203.0.113.9"], proxy, "192.0.2.1"),
            ("10.0.0.1", &["203.0.113.9"], proxy, "203.0.113.9"),
            ("10.0.0.1", &["1.1.1.1, 203.0.113.9"], proxy, "203.0.113.9"),
            (
                "10.0.0.1",
                &["1.1.1.1", "203.0.113.9, 10.0.0.2"],
                proxy,
                "203.0.113.9",
            ),
            ("10.0.0.1", &["203.0.113.9:4711"], proxy, "203.0.113.9"),
            ("10.0.0.1", &["[2001:db8::1]:4711"], proxy, "2001:db8::1"),
            ("10.0.0.1", &["nonsense"], proxy, "10.0.0.1"),
            ("10.0.0.1", &[], proxy, "10.0.0.1"),
        ] {
            assert_eq!(
                client(peer, lines, trusted),
                ip,
                "{peer} {lines:?} {trusted:?}"
            );
        }
    }
}
