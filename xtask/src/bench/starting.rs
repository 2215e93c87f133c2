//! How long the operator's program takes from its start to its first answer.

use std::path::Path;

use super::portal::{Neighbours, Portal, folder};
use super::spread::Spread;
use super::{Figure, Goal};
use crate::problem::Outcome;

const STARTS: usize = 5;

/// With no store yet, and with one that a killed process left.
pub(super) fn figures(program: &Path, near: &Neighbours) -> Outcome<Vec<Figure>> {
    let folder = folder().join("start");
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        // Each is ended before the next begins.
        first.push(
            Portal::start_anew(program, &folder, near)?
                .process
                .first_answer,
        );
        again.push(Portal::start(program, &folder, near)?.process.first_answer);
    }
    let figure = |name, times| Figure::ms(name, Spread::of(times).p50(), Goal::AtMost(100.0));
    Ok(vec![
        figure("first_start_to_first_answer", first),
        figure("start_to_first_answer", again),
    ])
}
