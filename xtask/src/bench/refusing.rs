//! What refusing costs the machine in processor time, next to serving: a flood of what is refused must be cheaper than use (promise R9).

use serde_json::json;

use super::portal::{Portal, Visitor};
use super::{Figure, Goal};
use crate::problem::{Outcome, Problem};

/// Requests of a kind in a row, and how often all kinds have their turn: the system counts processor time in hundredths of a second.
const IN_A_ROW: usize = 400;
const TURNS: usize = 5;

const LIST: &[u8] = br#"{"after":null,"known":null}"#;

/// A request and the status that answers it.
#[derive(Clone, Copy)]
enum Kind {
    Served,
    ForeignOrigin,
    UnknownHost,
    NoSession,
    OverLimit,
    NoSuchPage,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Served,
        Self::ForeignOrigin,
        Self::UnknownHost,
        Self::NoSession,
        Self::OverLimit,
        Self::NoSuchPage,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::ForeignOrigin => "foreign_origin",
            Self::UnknownHost => "unknown_host",
            Self::NoSession => "no_session",
            Self::OverLimit => "over_limit",
            Self::NoSuchPage => "no_such_function",
        }
    }

    fn status(self) -> u16 {
        match self {
            Self::Served => 200,
            Self::ForeignOrigin => 403,
            Self::UnknownHost => 421,
            Self::NoSession => 401,
            Self::OverLimit => 429,
            Self::NoSuchPage => 404,
        }
    }

    fn endpoint(self) -> &'static str {
        match self {
            Self::Served | Self::ForeignOrigin | Self::UnknownHost | Self::NoSession => {
                "tickets/list"
            }
            Self::OverLimit => "sign-in/code",
            Self::NoSuchPage => "tickets/none",
        }
    }
}

/// Processor time of each kind of refusal, and its ratio to that of a served list. The visitor is signed in.
pub(super) fn figures(portal: &Portal, visitor: &mut Visitor) -> Outcome<Vec<Figure>> {
    let code = serde_json::to_vec(&json!({ "code": "2222-2222" })).unwrap_or_default();
    let mut stranger = portal.visitor();
    stranger.come_from("203.0.113.77");
    let mut foreign = visitor.again();
    foreign.send_header("Origin", "https://evil.example");
    let mut elsewhere = visitor.again();
    elsewhere.send_header("Host", "evil.example");
    // What a client may try before it has to wait.
    for _ in 0..100 {
        stranger.status_of(Kind::OverLimit.endpoint(), &code)?;
    }
    let mut spent = [0.0; Kind::ALL.len()];
    for _ in 0..TURNS {
        for (kind, spent) in Kind::ALL.into_iter().zip(&mut spent) {
            let Some(before) = portal.process.processor_time() else {
                return Ok(Vec::new());
            };
            for _ in 0..IN_A_ROW {
                let (who, arguments) = match kind {
                    Kind::Served | Kind::NoSuchPage => (&mut *visitor, LIST),
                    Kind::ForeignOrigin => (&mut foreign, LIST),
                    Kind::UnknownHost => (&mut elsewhere, LIST),
                    Kind::NoSession => (&mut stranger, LIST),
                    Kind::OverLimit => (&mut stranger, &code[..]),
                };
                let status = who.status_of(kind.endpoint(), arguments)?;
                let expected = kind.status() == status;
                // A try is given back every two seconds.
                let gone = matches!(kind, Kind::OverLimit) && status == 410;
                if !expected && !gone {
                    let name = kind.name();
                    return Err(Problem::new(format!("{name}: answered {status}")));
                }
            }
            *spent += portal.process.processor_time().unwrap_or(before) - before;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "two thousand")]
    let each = spent.map(|micros| micros / (IN_A_ROW * TURNS) as f64);
    let ratio = |(kind, micros): (Kind, f64)| {
        let name = format!("cpu_refused_{}_to_list", kind.name());
        Figure::new(&name, micros / each[0], "ratio", Goal::AtMost(1.0))
    };
    Ok(Kind::ALL.into_iter().zip(each).skip(1).map(ratio).collect())
}
