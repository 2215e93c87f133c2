//! The table of everything that the program answers: what each endpoint is asked, what it tells nobody and its owner, and how long an
//! answer may be kept. The list itself comes from the program: a call or a route with no row here fails, or does not compile.

use std::collections::BTreeSet;
use std::time::Duration;

use app::screen::Screen;
use app::tickets::model::TicketId;
use fake_chatwoot::File;
use serde_json::{Value, json};
use server::router::Route;

use crate::support::{Browser, Stage};

/// A ticket that nobody has.
const MISSING: &str = "6bdc3f4d-0bec-4515-a284-5d916fdde489";
/// An act of writing that nobody did.
pub(crate) const KEY: &str = "11111111-2222-4333-8444-555555555555";
/// A session's or link's token that was never made.
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a customer has and endpoints name.
#[derive(Clone, Debug)]
pub(crate) struct Things {
    /// His ticket.
    pub(crate) ticket: String,
    /// An act of writing in it.
    pub(crate) key: String,
    /// A file in it.
    pub(crate) file: String,
    /// Another session of his.
    pub(crate) session: String,
    /// A file of his that waits for a message.
    pub(crate) upload: String,
}

impl Things {
    /// Makes them: a ticket with an agent's file, and a reply of which nobody knows yet what became.
    pub(crate) async fn of(stage: &Stage, browser: &mut Browser, words: &str) -> Self {
        let of = words.bytes().map(u32::from).sum::<u32>();
        let key = |last: &str| format!("{of:08x}{}{last}", &KEY[8..35]);
        let new = json!({ "key": key("1"), "subject": words, "message": words });
        let opened = browser.call("tickets/open", &json!({ "new": new })).await;
        let ticket = opened.json().as_str().unwrap().to_owned();
        stage.rests().await;
        let number = stage.fake.conversations().last().unwrap().id;
        let picture = File {
            name: "a.png".to_owned(),
            content_type: "image/png".to_owned(),
            bytes: picture_bytes(),
        };
        let sent = stage.fake.agent_sends_files(number, words, vec![picture]);
        let message = stage.fake.message(sent.unwrap()).unwrap();
        let reply = json!({ "ticket": ticket, "key": key("2"), "text": "fail: odd 422" });
        browser.call("tickets/reply", &reply).await;
        stage.rests().await;
        let show = json!({ "ticket": ticket, "earlier": null, "known": null });
        // Until it is here.
        while !browser
            .call("tickets/show", &show)
            .await
            .body
            .contains("a.png")
        {
            stage.clock.advance(Duration::from_secs(10));
            stage.rests().await;
        }
        let address = browser.signed_in_as().await.unwrap();
        stage.signed_in(&address).await;
        let sessions = browser.call("session/list", &json!({})).await.json();
        let mut sessions = sessions.as_array().unwrap().iter();
        let other = sessions.find(|it| it["here"] == json!(false)).unwrap();
        stage.wishes_are_done().await;
        stage.rests().await;
        let upload = key("3");
        let sent = browser.uploads(&upload, "b.png", &picture_bytes()).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        Self {
            ticket,
            upload,
            key: key("2"),
            file: message.attachments[0].id.to_string(),
            session: other["handle"].as_str().unwrap().to_owned(),
        }
    }

    /// Such that there are none of.
    pub(crate) fn missing() -> Self {
        Self {
            ticket: MISSING.to_owned(),
            key: KEY.to_owned(),
            file: "987654".to_owned(),
            session: "BBBBBBBBBBBBBBBBBBBBBB".to_owned(),
            upload: KEY.to_owned(),
        }
    }

    /// Names that nothing can have, but which a careless reader might take for this.
    pub(crate) fn malformed(of: &Self) -> Vec<Self> {
        let tickets = [
            "1".to_owned(),
            "1042".to_owned(),
            "66abc".to_owned(),
            "..".to_owned(),
            "null".to_owned(),
            "%".to_owned(),
            "\0".to_owned(),
            "ß\u{202e}".to_owned(),
            "' OR 1=1 --".to_owned(),
            "<script>".to_owned(),
            "a".repeat(4_000),
            of.ticket.to_uppercase(),
            of.ticket.replace('-', ""),
            format!("{{{}}}", of.ticket),
            format!(" {}", of.ticket),
            format!("{}\n", of.ticket),
            format!("{}/", of.ticket),
            format!("{}#", of.ticket),
            TicketId::nobodys().to_string(),
        ];
        let files = ["0", "-1", "1e3", "99999999999999999999", "..", "a.png"].map(str::to_owned);
        let file_like = [
            format!("0{}", of.file),
            format!("{}abc", of.file),
            format!("{}/", of.file),
            format!("+{}", of.file),
        ];
        let with_ticket = tickets.into_iter().map(|ticket| Self {
            ticket,
            ..of.clone()
        });
        let files = files.into_iter().chain(file_like);
        let with_file = files.map(|file| Self { file, ..of.clone() });
        let sessions = [
            String::new(),
            "..".to_owned(),
            "\0".to_owned(),
            "A".repeat(43),
            of.session.to_lowercase(),
            format!("{}=", of.session),
            format!(" {}", of.session),
        ];
        let with_session = sessions.into_iter().map(|session| Self {
            session,
            ..of.clone()
        });
        let uploads = [
            "1".to_owned(),
            "..".to_owned(),
            of.upload.to_uppercase(),
            of.upload.replace('-', ""),
            format!("{}/", of.upload),
            TicketId::nobodys().to_string(),
        ];
        let with_upload = uploads.into_iter().map(|upload| Self {
            upload,
            ..of.clone()
        });
        let parts = with_session.chain(with_upload);
        with_ticket.chain(with_file).chain(parts).collect()
    }
}

/// What of somebody's an endpoint names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// Nothing.
    Nothing,
    /// A ticket.
    Ticket,
    /// A ticket, and an act of writing in it.
    TicketAndKey,
    /// A ticket, and a file in it.
    TicketAndFile,
    /// A session.
    Session,
    /// A file that waits for a message.
    Upload,
}

impl Names {
    /// Whether two sets of things are the same to an endpoint that names so much.
    pub(crate) fn tells_apart(self, one: &Things, other: &Things) -> bool {
        match self {
            Self::Nothing => false,
            Self::Ticket => one.ticket != other.ticket,
            Self::TicketAndKey => (&one.ticket, &one.key) != (&other.ticket, &other.key),
            Self::TicketAndFile => (&one.ticket, &one.file) != (&other.ticket, &other.file),
            Self::Session => one.session != other.session,
            Self::Upload => one.upload != other.upload,
        }
    }
}

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

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Not at all: it is somebody's, or may be.
    Never,
    /// It is asked for again each time.
    Checked,
    /// An hour.
    AWhile,
    /// Its address changes with its content.
    ForEver,
}

impl Kept {
    /// As the header says it.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::Never => "no-store",
            Self::Checked => "no-cache",
            Self::AWhile => "public, max-age=3600",
            Self::ForEver => "public, max-age=31536000, immutable",
        }
    }
}

/// Something that is fetched by GET.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) path: String,
    pub(crate) nobody: u16,
    pub(crate) owner: u16,
    pub(crate) names: Names,
    pub(crate) kept: Kept,
}

fn address(path: &str, (nobody, owner): (u16, u16), names: Names, kept: Kept) -> Address {
    Address {
        path: format!("/portal{path}"),
        nobody,
        owner,
        names,
        kept,
    }
}

/// Everything that there is below the base path. A new route or screen does not compile until it is here.
pub(crate) async fn addresses(stage: &Stage, things: &Things) -> Vec<Address> {
    use Kept::{AWhile, Checked, ForEver, Never};
    let (ticket, file) = (in_path(&things.ticket), in_path(&things.file));
    let upload = in_path(&things.upload);
    let newest = stage.state().languages.of("en").version.clone();
    let asset = stage.an_asset().await;
    let of_route = |route: Route| match route {
        // The calls have a table of their own.
        Route::Call => vec![],
        Route::Live => vec![address("/live", (401, 200), Names::Nothing, Never)],
        Route::File => vec![
            address(
                &format!("/files/{ticket}/{file}"),
                (401, 200),
                Names::TicketAndFile,
                Never,
            ),
            address(
                &format!("/files/{ticket}/{file}?download"),
                (401, 200),
                Names::TicketAndFile,
                Never,
            ),
        ],
        // It is posted to: `uploads.rs` and `origins.rs` say what it answers to whom.
        Route::Uploads => vec![],
        Route::Upload => vec![
            address(
                &format!("/uploads/{upload}"),
                (401, 200),
                Names::Upload,
                Never,
            ),
            address(
                &format!("/uploads/{upload}?download"),
                (401, 200),
                Names::Upload,
                Never,
            ),
        ],
        Route::Home => vec![address("/", (200, 200), Names::Nothing, Never)],
        Route::Offline => vec![address("/offline", (200, 200), Names::Nothing, Never)],
        Route::Asset => {
            let mut all = vec![address(
                "/assets/none.js",
                (404, 404),
                Names::Nothing,
                Never,
            )];
            all.extend(
                asset
                    .iter()
                    .map(|it| address(it, (200, 200), Names::Nothing, ForEver)),
            );
            all
        }
        Route::Texts => vec![
            address("/locales/en.ftl", (200, 200), Names::Nothing, Checked),
            address(
                &app::paths::texts("en", &newest),
                (200, 200),
                Names::Nothing,
                ForEver,
            ),
            address("/locales/xx.ftl", (404, 404), Names::Nothing, Never),
        ],
        Route::Logo | Route::SmallLogo => {
            vec![address(route.path(), (200, 200), Names::Nothing, AWhile)]
        }
        Route::Health => vec![address("/healthz", (200, 200), Names::Nothing, Never)],
        // A good token stands in a mail only: `mails_away` tries them.
        Route::MailSwitch => vec![address("/mails/none", (404, 404), Names::Nothing, Never)],
        // No browser's: `webhooks.rs` says what it answers to whom.
        Route::Webhook => vec![],
    };
    let of_screen = |screen: Screen| match screen {
        Screen::Home => address("", (200, 200), Names::Nothing, Never),
        Screen::Tickets => address(app::paths::TICKETS, (200, 200), Names::Nothing, Never),
        Screen::NewTicket => address(app::paths::NEW_TICKET, (200, 200), Names::Nothing, Never),
        Screen::Ticket(_) => address(
            &format!("/tickets/{ticket}"),
            (200, 200),
            Names::Ticket,
            Never,
        ),
        Screen::Account => address(app::paths::ACCOUNT, (200, 200), Names::Nothing, Never),
        Screen::SignIn => address(app::paths::SIGN_IN, (200, 200), Names::Nothing, Never),
        Screen::CheckEmail => address(app::paths::CHECK_EMAIL, (200, 200), Names::Nothing, Never),
        Screen::Confirm => address(app::paths::CONFIRM, (200, 200), Names::Nothing, Never),
        Screen::NotFound => address("/nowhere", (404, 404), Names::Nothing, Never),
    };
    let screens = [
        Screen::Home,
        Screen::Tickets,
        Screen::NewTicket,
        Screen::Ticket(TicketId::nobodys()),
        Screen::Account,
        Screen::SignIn,
        Screen::CheckEmail,
        Screen::Confirm,
        Screen::NotFound,
    ];
    let mut all: Vec<_> = Route::ALL.into_iter().flat_map(of_route).collect();
    all.extend(screens.map(of_screen));
    all
}

fn picture_bytes() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n0123456789".to_vec()
}

/// Text as one part of a path.
fn in_path(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._".contains(byte);
    text.bytes()
        .map(|byte| match plain(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02x}"),
        })
        .collect()
}

#[test]
fn a1_every_call_of_the_program_has_a_row() {
    let paths = leptos::server_fn::axum::server_fn_paths();
    let program: BTreeSet<_> = paths
        .map(|(path, _)| path.strip_prefix("/api/").unwrap())
        .collect();
    let table: BTreeSet<_> = CALLS.iter().map(|call| call.endpoint).collect();
    assert_eq!(program, table);
    assert_eq!(CALLS.len(), table.len(), "a call has two rows");
}
