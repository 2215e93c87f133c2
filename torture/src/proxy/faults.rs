//! The faults there are, and which come under which sky.

use std::time::Duration;

use crate::dice::Dice;

/// How things are between portal and Chatwoot.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sky {
    /// Everything goes through.
    Clear,
    /// So many of a hundred calls meet a fault of any kind.
    Storm(u64),
    /// Most writes are given up, and reach Chatwoot up to so much later; all else goes through.
    Late(Duration),
}

/// What kind of call it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Changes nothing.
    Read,
    /// Posts a message.
    Reply,
    /// Opens a ticket.
    Open,
    /// Changes something that can be changed twice.
    OtherWrite,
}

/// What happens to a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It goes through after this.
    Delay(Duration),
    /// The connection is cut before anything reached Chatwoot.
    Unsent,
    /// It is committed, and the connection cut.
    LostAnswer,
    /// It is committed, and the connection cut after so many bytes of the answer.
    CutAnswer(usize),
    /// It is committed, and said to have failed.
    Lie(u16, &'static str),
    /// It is not committed, and answered with this.
    Said(u16, &'static str, &'static str),
    /// It reaches Chatwoot twice.
    Twice,
    /// It reaches nobody, and nobody answers.
    BlackHole,
    /// The connection is cut, and it reaches Chatwoot later.
    LateAfterCut(Duration),
    /// Nobody answers, and it reaches Chatwoot later.
    LateInSilence(Duration),
}

const REDIS: &str = r#"{"error":"Connection refused - connect(2) for 127.0.0.1:6379"}"#;
const BROKEN: &str = r#"{"status":500,"error":"Internal Server Error"}"#;
const PAGE: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";
const MAINTENANCE: &str = "<html><body><h1>Back soon</h1></body></html>";

impl Fault {
    /// What it is called in the figures.
    pub(crate) fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Delay(_) => "delayed",
            Self::Unsent => "cut before",
            Self::LostAnswer => "answer lost",
            Self::CutAnswer(_) => "answer cut",
            Self::Lie(422, _) => "422 after commit",
            Self::Lie(..) => "500 after commit",
            Self::Said(429, ..) => "429",
            Self::Said(200, ..) => "HTML",
            Self::Said(..) => "502",
            Self::Twice => "delivered twice",
            Self::BlackHole => "black hole",
            Self::LateAfterCut(_) => "late after a cut",
            Self::LateInSilence(_) => "late in silence",
        })
    }
}

impl Sky {
    /// What happens to the next call of a kind.
    pub(crate) fn fault(self, dice: &Dice, kind: Kind) -> Fault {
        match self {
            Self::Storm(percent) if dice.percent(percent) => any(dice, kind),
            Self::Late(most) if matches!(kind, Kind::Reply | Kind::Open) && dice.percent(60) => {
                late(dice, most)
            }
            Self::Clear | Self::Storm(_) | Self::Late(_) => Fault::None,
        }
    }
}

/// In silence the time counts from when it is given up, 20 s after it was sent.
fn late(dice: &Dice, most: Duration) -> Fault {
    let by = up_to(dice, most);
    if dice.percent(80) {
        Fault::LateAfterCut(by)
    } else {
        Fault::LateInSilence(by + Duration::from_secs(20))
    }
}

fn any(dice: &Dice, kind: Kind) -> Fault {
    match dice.below(12) {
        0 | 1 => Fault::Delay(up_to(dice, Duration::from_secs(4))),
        2 => Fault::Unsent,
        3 | 4 => Fault::LostAnswer,
        5 => Fault::CutAnswer(dice.one_of(400)),
        6 => Fault::Lie(422, REDIS),
        7 => Fault::Lie(500, BROKEN),
        8 => Fault::Said(502, "text/html", PAGE),
        9 => Fault::Said(429, "text/plain", "Retry later\n"),
        10 => Fault::Said(200, "text/html", MAINTENANCE),
        // A proxy that sends an opening twice makes two tickets, which no portal can hinder.
        _ if kind != Kind::Open && dice.percent(50) => Fault::Twice,
        _ => Fault::BlackHole,
    }
}

fn up_to(dice: &Dice, most: Duration) -> Duration {
    most * u32::try_from(dice.below(1000)).unwrap_or_default() / 1000
}
