//! The table of server functions: what each is asked, and what it answers to nobody and to the owner of what it names.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{KEY, Names, Things};

/// A session's or link's token that was never made.
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A server function.
pub(crate) struct Call {
    /// Its name below `/api/`.
    pub(crate) endpoint: &'static str,
    /// What it answers to nobody.
    pub(crate) nobody: u16,
    /// What it answers to the owner of what it names.
    pub(crate) owner: u16,
    /// What it names.
    pub(crate) names: Names,
    /// A good body.
    pub(crate) body: fn(&Things) -> Value,
}

const fn call(
    endpoint: &'static str,
    (nobody, owner): (u16, u16),
    names: Names,
    body: fn(&Things) -> Value,
) -> Call {
    Call {
        endpoint,
        nobody,
        owner,
        names,
        body,
    }
}

/// All of them, in an order in which one customer can do one after the other.
pub(crate) const CALLS: &[Call] = &[
    call("session/current", (200, 200), Names::Nothing, |_| json!({})),
    call(
        "session/language",
        (200, 200),
        Names::Nothing,
        |_| json!({ "language": "en" }),
    ),
    call("session/list", (401, 200), Names::Nothing, |_| json!({})),
    call(
        "session/end",
        (401, 200),
        Names::Session,
        |it| json!({ "session": it.session }),
    ),
    call("session/end-others", (401, 200), Names::Nothing, |_| {
        json!({})
    }),
    call("session/profile", (401, 200), Names::Nothing, |_| json!({})),
    call(
        "session/name",
        (401, 200),
        Names::Nothing,
        |_| json!({ "address": "ada@example.com", "name": "Ada King" }),
    ),
    // Only who says his own address is forgotten; that is tried in forgetting.rs.
    call(
        "session/forget",
        (401, 401),
        Names::Nothing,
        |_| json!({ "address": "nobody@example.com" }),
    ),
    call(
        "sign-in/request",
        (202, 202),
        Names::Nothing,
        |_| json!({ "request": { "address": "nobody@example.com", "language": "en", "return_to": null } }),
    ),
    call(
        "sign-in/code",
        (410, 410),
        Names::Nothing,
        |_| json!({ "code": "2222-2222" }),
    ),
    call(
        "sign-in/open-link",
        (410, 410),
        Names::Nothing,
        |_| json!({ "token": TOKEN }),
    ),
    call(
        "sign-in/confirm-link",
        (410, 410),
        Names::Nothing,
        |_| json!({ "token": TOKEN }),
    ),
    call(
        "tickets/list",
        (401, 200),
        Names::Nothing,
        |_| json!({ "after": null, "known": null }),
    ),
    call(
        "tickets/open",
        (401, 200),
        Names::Nothing,
        |_| json!({ "new": { "key": KEY, "subject": "Hello", "message": "There" } }),
    ),
    call(
        "tickets/show",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "earlier": null, "known": null }),
    ),
    call(
        "tickets/seen",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "version": 1 }),
    ),
    call(
        "tickets/preview",
        (401, 200),
        Names::Nothing,
        |_| json!({ "text": "**Hello**" }),
    ),
    call(
        "tickets/mails",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "on": true }),
    ),
    call(
        "tickets/typing",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "on": true }),
    ),
    call("tickets/keep-draft", (401, 200), Names::Ticket, |it| {
        json!({ "ticket": it.ticket, "keeping": {
            "draft": { "key": format!("{}5", &KEY[..35]), "text": "Half a thought" },
            "page": KEY, "number": 1, "base": 0,
        } })
    }),
    call(
        "tickets/draft",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket }),
    ),
    // Who removes what is not there has what he wants, whosever it is; that another's stays is tried in uploads.rs.
    call(
        "tickets/drop-upload",
        (401, 200),
        Names::Nothing,
        |_| json!({ "file": KEY }),
    ),
    call(
        "tickets/reply",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "key": format!("{}6", &KEY[..35]), "text": "Hello" }),
    ),
    call(
        "tickets/retry",
        (401, 200),
        Names::TicketAndKey,
        |it| json!({ "ticket": it.ticket, "key": it.key }),
    ),
    call(
        "tickets/take-back",
        // What was sent cannot be.
        (401, 403),
        Names::TicketAndKey,
        |it| json!({ "ticket": it.ticket, "key": it.key }),
    ),
    call(
        "tickets/cancel",
        (401, 200),
        Names::Ticket,
        |it| json!({ "ticket": it.ticket, "key": format!("{}7", &KEY[..35]) }),
    ),
    call(
        "session/sign-out",
        (200, 200),
        Names::Nothing,
        |_| json!({}),
    ),
];

/// A server function by its name.
pub(crate) fn call_of(endpoint: &str) -> &'static Call {
    let found = CALLS.iter().find(|call| call.endpoint == endpoint);
    found.unwrap_or_else(|| panic!("{endpoint} has no row"))
}

#[test]
fn a1_every_call_of_the_program_has_a_row() {
    let paths = server_fn::axum::server_fn_paths();
    let program: BTreeSet<_> = paths
        .map(|(path, _)| path.strip_prefix("/api/").unwrap())
        .collect();
    let table: BTreeSet<_> = CALLS.iter().map(|call| call.endpoint).collect();
    assert_eq!(program, table);
    assert_eq!(CALLS.len(), table.len(), "a call has two rows");
}
