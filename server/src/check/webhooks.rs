//! The webhook: registered, and put right if it is not; and whether deliveries arrive, as the portal that runs knows it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use chatwoot::Client;

use super::report::Line;
use crate::clock::Clock;
use crate::config::{Config, Use};
use crate::failure::chain;
use crate::sync::signals::{Hook, cure, is_private};
use crate::webhooks::apart::{self, Apart};
use crate::webhooks::{Done, Why, ensure};

const PART: &str = "webhook";
/// How long a portal on this machine may take to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn examine(config: &Config, chatwoot: &Client, clock: &Clock) -> Vec<Line> {
    let url = &config.live.webhook_url;
    if config.live.webhooks == Use::Off {
        return vec![Line::ok(
            PART,
            "off: what agents write comes by the cable or is polled for",
        )];
    }
    let done = match ensure(chatwoot, url).await {
        Ok(there) => there.done,
        Err(why) => return vec![Line::note(PART, without(&why))],
    };
    let said = match done {
        Done::Nothing => "is registered",
        Done::Made => "was not registered, and is now",
        Done::Changed => "was registered differently, and is put right",
    };
    let mut lines = vec![Line::ok(PART, format!("{url} {said}"))];
    let running = how_it_is(config).await;
    if running.as_deref() == Some(Hook::Silent.word()) {
        let said = match Apart::that_refuses(chatwoot, clock).await {
            Some(apart) => format!(
                "what arrives at {url} is refused for its time, since {apart}; the portal works without. Cure: {}",
                apart::CURE
            ),
            None => format!(
                "nothing arrives at {url}; the portal works without: {}",
                cure(url)
            ),
        };
        lines.push(Line::note(PART, said));
    } else if is_private(url) && running.as_deref() != Some(Hook::Well.word()) {
        let said = format!("{url} is a private address: {}", cure(url));
        lines.push(Line::note(PART, said));
    }
    lines
}

fn without(why: &Why) -> String {
    match why {
        Why::Chatwoot(error) => format!("was not looked after: {}", chain(error)),
        Why::Unsigned | Why::NotAllowed | Why::Refused(_) => {
            let cure = why.cure();
            format!("{why}; what agents write comes by the cable or is polled for. Cure: {cure}")
        }
    }
}

/// What a portal that runs on this machine says of its webhook, if one does.
async fn how_it_is(config: &Config) -> Option<String> {
    let ip = match config.listen.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    let at = SocketAddr::new(ip, config.listen.port());
    let http = chatwoot::build_http(None).ok()?;
    let request = http
        .get(format!("http://{at}/healthz"))
        .header(http::header::HOST, config.portal.host())
        .timeout(PATIENCE);
    let answer = request.send().await.ok()?;
    let health: serde_json::Value = answer.json().await.ok()?;
    Some(health.get("webhooks")?.as_str()?.to_owned())
}
