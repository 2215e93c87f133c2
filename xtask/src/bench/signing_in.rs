//! How long the answer to "send me a link" takes, and that it takes as long whoever asks and however Chatwoot and the mail server are.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use super::portal::{Neighbours, Portal, Visitor, folder};
use super::spread::Spread;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{During, Outcome};
use crate::stopwatch::Stopwatch;

/// Fewer than the portal looks up at once.
const ASKED: usize = 240;
/// Each so many-th is known to Chatwoot: fewer than the portal mails to at once.
const KNOWN_EACH: usize = 5;
const WARM_UP: usize = 5;

/// Two portals are asked in turn: one with everything well, one whose neighbours take connections and say nothing.
pub(super) fn figures(program: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    for n in (0..ASKED).filter(|n| is_known(*n)) {
        stage.add_contact(&address(n))?;
    }
    let (chatwoot, mail) = (silence()?, silence()?);
    let gone = Neighbours {
        chatwoot: port(&chatwoot)?,
        mail: port(&mail)?,
        ..stage.near.clone()
    };
    let well = Portal::start_anew(program, &folder().join("sign-in"), &stage.near)?;
    let gone = Portal::start_anew(program, &folder().join("sign-in-alone"), &gone)?;
    for n in ASKED..ASKED + WARM_UP {
        ask(&mut well.visitor(), n)?;
        ask(&mut gone.visitor(), n)?;
    }
    let (mut known, mut unknown, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    // Without cookies each time: nobody has asked before.
    let (mut with, mut without) = (well.visitor(), gone.visitor());
    for n in 0..ASKED {
        let time = ask(&mut with, n)?;
        if is_known(n) {
            &mut known
        } else {
            &mut unknown
        }
        .push(time);
        alone.push(ask(&mut without, n)?);
    }
    let all = Spread::of(known.iter().chain(&unknown).copied());
    let (known, unknown, alone) = (Spread::of(known), Spread::of(unknown), Spread::of(alone));
    let ratio = |name, value| Figure::new(name, value, "ratio", Goal::None);
    Ok(vec![
        Figure::ms("sign_in_answer_p99", all.p99(), Goal::AtMost(5.0)),
        Figure::ms("sign_in_answer_p50", all.p50(), Goal::None),
        Figure::ms(
            "sign_in_answer_all_silent_p99",
            alone.p99(),
            Goal::AtMost(5.0),
        ),
        ratio(
            "sign_in_answer_p50_all_silent_to_well",
            alone.p50() / all.p50(),
        ),
        ratio(
            "sign_in_answer_p50_known_to_unknown",
            known.p50() / unknown.p50(),
        ),
    ])
}

fn is_known(n: usize) -> bool {
    n.is_multiple_of(KNOWN_EACH)
}

fn address(n: usize) -> String {
    format!("customer{n}@example.com")
}

/// Asks as another client each time, or the limits would answer.
fn ask(visitor: &mut Visitor, n: usize) -> Outcome<std::time::Duration> {
    visitor.come_from(&format!("198.51.{}.{}", n / 250, n % 250 + 1));
    visitor.forget_cookies();
    let clock = Stopwatch::start();
    visitor.ask_to_sign_in(&address(n))?;
    Ok(clock.elapsed())
}

/// A port on which connections are taken, by the system, and never answered.
fn silence() -> Outcome<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).during("listening")
}

fn port(listener: &TcpListener) -> Outcome<u16> {
    let address = listener.local_addr().during("listening")?;
    Ok(address.port())
}
