//! How long the answer to "send me a link" takes, and that it takes as long whoever asks and however Chatwoot and the mail server are.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::time::Duration;

use super::portal::{Neighbours, Portal, Visitor, folder};
use super::spread::Spread;
use super::stage::Stage;
use super::{Figure, Goal};
use crate::problem::{During, Outcome};
use crate::stopwatch::Stopwatch;

/// Portals are started anew so often, each time with all their limits: a median of few would not stand still.
const ROUNDS: usize = 4;
/// Of each round; as many known ones as a portal mails to at once.
const PAIRS: usize = 56;
const WARM_UP: usize = 4;

/// Asked in turn, one right after the other, so that whatever else the machine does happens to all: somebody known and somebody
/// unknown, at a portal with everything well, and at one whose neighbours take connections and say nothing. Who is first changes.
pub(super) fn figures(program: &Path, stage: &mut Stage) -> Outcome<Vec<Figure>> {
    for n in 0..PAIRS {
        stage.add_contact(&known(n))?;
    }
    let (chatwoot, mail) = (silence()?, silence()?);
    let gone = Neighbours {
        chatwoot: port(&chatwoot)?,
        mail: port(&mail)?,
        ..stage.near.clone()
    };
    let (mut well, mut silent) = (Vec::new(), Vec::new());
    let (mut of_known, mut of_silent) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let near = Portal::start_anew(program, &folder().join("sign-in"), &stage.near)?;
        let far = Portal::start_anew(program, &folder().join("sign-in-alone"), &gone)?;
        let (mut near, mut far) = (near.visitor(), far.visitor());
        for n in 0..WARM_UP {
            ask(&mut near, 240 + n, &format!("warm{n}@example.com"))?;
            ask(&mut far, 240 + n, &format!("warm{n}@example.com"))?;
        }
        for n in 0..PAIRS {
            let (mut times, mut alone) = ([Duration::ZERO; 2], [Duration::ZERO; 2]);
            for turn in 0..2 {
                let whom = (n + turn) % 2;
                let address = [known(n), format!("nobody{n}@example.com")];
                let mut both = [(&mut near, &mut times), (&mut far, &mut alone)];
                if n / 2 % 2 == 1 {
                    both.reverse();
                }
                for (visitor, times) in both {
                    times[whom] = ask(visitor, 2 * n + turn, &address[whom])?;
                }
            }
            of_known.push(ratio(times[0], times[1]));
            of_silent.push(ratio(alone[0] + alone[1], times[0] + times[1]));
            well.extend(times);
            silent.extend(alone);
        }
    }
    let (well, silent) = (Spread::of(well), Spread::of(silent));
    let same = |name, ratios: Vec<f64>| {
        let middle = Spread::of_values(ratios).p50();
        Figure::new(name, middle, "ratio", Goal::Between(0.9, 1.1))
    };
    let quick = Goal::AtMost(5.0);
    Ok(vec![
        Figure::ms("sign_in_answer_p99", well.p99(), quick),
        Figure::ms("sign_in_answer_p50", well.p50(), Goal::None),
        Figure::ms("sign_in_answer_all_silent_p99", silent.p99(), quick),
        same("sign_in_answer_all_silent_to_well", of_silent),
        same("sign_in_answer_known_to_unknown", of_known),
    ])
}

fn known(n: usize) -> String {
    format!("customer{n}@example.com")
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// Asks as another client each time, or the limits would answer, and without cookies: nobody has asked before.
fn ask(visitor: &mut Visitor, n: usize, address: &str) -> Outcome<Duration> {
    visitor.come_from(&format!("198.51.{}.{}", n / 250, n % 250 + 1));
    visitor.forget_cookies();
    let clock = Stopwatch::start();
    visitor.ask_to_sign_in(address)?;
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
