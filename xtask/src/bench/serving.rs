//! What reading costs a signed-in customer in time and the machine in processor time and memory, on the operator's program.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::beside_nginx;
use super::portal::{Portal, Visitor, folder};
use super::process::pause;
use super::refusing;
use super::spread::Spread;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::Outcome;

pub(super) const ADDRESS: &str = "ada@example.com";
const READS: usize = 300;
/// Reads before the first one that counts.
const WARM_UP: usize = 20;
/// Reads over which processor time is taken: the system counts it in hundredths of a second.
const COUNTED: usize = 2000;
/// After this long the portal has asked Chatwoot what is new and is idle again.
const QUIET: Duration = Duration::from_secs(8);

/// What a page that has nothing yet asks for.
pub(super) const LIST: &[u8] = br#"{"after":null,"known":null}"#;

/// Signs in, has tickets, reads them.
pub(super) fn figures(program: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    let portal = Portal::start_anew(program, &folder().join("portal"), &stage.near)?;
    let mut visitor = portal.visitor();
    stage.add_contact(ADDRESS)?;
    stage.sign_in(&mut visitor, ADDRESS)?;
    visitor.call_only("tickets/list", LIST)?;
    pause(QUIET);
    let mut figures = Vec::new();
    figures.extend(memory("memory_idle", &portal, Goal::AtMost(20.0)));

    let ticket = stage.fill(&mut visitor)?;
    pause(QUIET);
    let rest = rest_of_list(&mut visitor)?;
    let show = serde_json::to_vec(&json!({ "ticket": ticket, "earlier": null, "known": null }));
    let show = show.unwrap_or_default();
    let list = read(READS, &mut visitor, "tickets/list", LIST)?;
    let rest = read(READS, &mut visitor, "tickets/list", &rest)?;
    let shown = read(READS, &mut visitor, "tickets/show", &show)?;
    figures.extend([
        Figure::ms("list_of_60_first_page_p50", list.p50(), Goal::AtMost(10.0)),
        Figure::ms("list_of_60_first_page_p99", list.p99(), Goal::None),
        Figure::ms(
            "list_of_60_both_pages_p50",
            list.p50() + rest.p50(),
            Goal::AtMost(10.0),
        ),
        Figure::ms(
            "ticket_of_100_messages_p50",
            shown.p50(),
            Goal::AtMost(10.0),
        ),
        Figure::ms("ticket_of_100_messages_p99", shown.p99(), Goal::None),
    ]);
    figures.extend(processor(&portal, &mut visitor)?.into_iter().flatten());
    figures.extend(beside_nginx::figures(program, &portal, &mut visitor)?);
    figures.extend(refusing::figures(&portal, &mut visitor)?);
    figures.extend(memory("memory_after_reads", &portal, Goal::None));
    Ok(figures)
}

fn memory(name: &str, portal: &Portal, goal: Goal) -> Option<Figure> {
    let value = portal.process.memory()?;
    Some(Figure::new(name, value, "MiB", goal))
}

/// The arguments that ask for the second page.
fn rest_of_list(visitor: &mut Visitor) -> Outcome<Vec<u8>> {
    let first = visitor.call("tickets/list", &json!({ "after": null, "known": null }))?;
    let next = &first["changed"]["next"];
    Ok(serde_json::to_vec(&json!({ "after": next, "known": null })).unwrap_or_default())
}

fn read(times: usize, visitor: &mut Visitor, endpoint: &str, arguments: &[u8]) -> Outcome<Spread> {
    for _ in 0..WARM_UP {
        visitor.call_only(endpoint, arguments)?;
    }
    Spread::measure(times, || visitor.call_only(endpoint, arguments))
}

/// Processor time of a list read, and of the least that a request can be.
fn processor(portal: &Portal, visitor: &mut Visitor) -> Outcome<Option<[Figure; 3]>> {
    let Some(before) = portal.process.processor_time() else {
        return Ok(None);
    };
    for _ in 0..COUNTED {
        visitor.call_only("tickets/list", LIST)?;
    }
    let between = portal.process.processor_time().unwrap_or(before);
    for _ in 0..COUNTED {
        visitor.get("/healthz")?;
    }
    let after = portal.process.processor_time().unwrap_or(between);
    #[expect(clippy::cast_precision_loss, reason = "two thousand")]
    let each = |micros: f64| micros / COUNTED as f64;
    let (list, floor) = (each(between - before), each(after - between));
    Ok(Some([
        Figure::new("cpu_list_read", list, "µs", Goal::None),
        Figure::new("cpu_healthz_read", floor, "µs", Goal::None),
        Figure::new("cpu_list_to_healthz", list / floor, "ratio", Goal::None),
    ]))
}
