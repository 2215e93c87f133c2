//! The table of everything that is fetched by GET, and how long each answer may be kept.

use app::screen::Screen;
use app::tickets::model::TicketId;
use server::router::Route;

use super::{Names, Things};
use crate::support::Stage;

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
