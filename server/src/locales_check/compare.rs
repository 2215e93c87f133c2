//! Holds a language against English. What LOCALES_DIR has lies over what is built in, so that it may say less.

use std::collections::BTreeSet;
use std::path::Path;

use super::finding::{Finding, What};
use super::forms;
use super::parsed::{Parsed, Unit};

const FUNCTIONS: [&str; 2] = ["NUMBER", "DATETIME"];

/// A file of the language; of two with the same message the later counts.
pub(super) struct Layer<'a> {
    pub(super) tag: &'a str,
    pub(super) path: &'a Path,
    pub(super) parsed: Parsed<'a>,
}

/// Adds everything that is wrong with a language's layers to `found`. `place` is where a missing message would be.
pub(super) fn compare(
    english: &Layer<'_>,
    layers: &[Layer<'_>],
    place: &Path,
    found: &mut Vec<Finding>,
) {
    if layers.is_empty() {
        found.push(Finding::new(place, None, What::NoFile));
        return;
    }
    for layer in layers {
        found.extend(layer.parsed.broken(layer.path));
        twice(layer, found);
        for unit in &layer.parsed.messages {
            each(&english.parsed, layers, layer, unit, found);
        }
        for term in &layer.parsed.terms {
            names(layers, layer, term, found);
        }
    }
    let own: BTreeSet<&str> = layers
        .iter()
        .flat_map(|layer| &layer.parsed.messages)
        .map(|unit| unit.name.as_str())
        .collect();
    for unit in &english.parsed.messages {
        if !own.contains(unit.name.as_str()) {
            let what = What::Missing {
                message: unit.name.clone(),
                english: (english.path.to_owned(), unit.line),
            };
            found.push(Finding::new(place, None, what));
        }
    }
}

fn twice(layer: &Layer<'_>, found: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for unit in layer.parsed.messages.iter().chain(&layer.parsed.terms) {
        if !seen.insert(unit.name.as_str()) {
            found.push(Finding::new(
                layer.path,
                Some(unit.line),
                What::Twice(unit.name.clone()),
            ));
        }
    }
}

fn each(
    english: &Parsed<'_>,
    layers: &[Layer<'_>],
    layer: &Layer<'_>,
    unit: &Unit<'_>,
    found: &mut Vec<Finding>,
) {
    let mut say = |what| found.push(Finding::new(layer.path, Some(unit.line), what));
    if !english.messages.iter().any(|it| it.name == unit.name) {
        say(What::Unknown(unit.name.clone()));
        return;
    }
    if unit.name == "language-direction" && !matches!(unit.words, Some("ltr" | "rtl")) {
        say(What::Direction);
    }
    let given = variables(&unit.name, &[english]);
    for variable in &unit.uses.variables {
        if !given.contains(variable) {
            say(What::WrongVariable {
                message: unit.name.clone(),
                variable: (*variable).to_owned(),
                given: given.iter().map(|it| (*it).to_owned()).collect(),
            });
        }
    }
    let used = variables(&unit.name, &[&layer.parsed]);
    for variable in given.difference(&used) {
        say(What::UnusedVariable {
            message: unit.name.clone(),
            variable: (*variable).to_owned(),
        });
    }
    for choice in &unit.uses.choices {
        if let Some((form, number)) = forms::missing(layer.tag, choice) {
            found.push(Finding::new(
                layer.path,
                Some(unit.line),
                What::NoForm {
                    message: unit.name.clone(),
                    form,
                    number,
                },
            ));
        }
    }
    names(layers, layer, unit, found);
}

/// What a text names must be there, in the language itself: another language's bundle is not asked for it.
fn names(layers: &[Layer<'_>], layer: &Layer<'_>, unit: &Unit<'_>, found: &mut Vec<Finding>) {
    let mut say = |what| found.push(Finding::new(layer.path, Some(unit.line), what));
    let is_there = |name: &str| {
        let all = layers
            .iter()
            .flat_map(|layer| layer.parsed.messages.iter().chain(&layer.parsed.terms));
        all.into_iter().any(|it| it.name == name)
    };
    for reference in &unit.uses.references {
        if !is_there(reference) {
            say(What::NoSuchReference {
                message: unit.name.clone(),
                reference: reference.clone(),
            });
        }
    }
    for function in &unit.uses.functions {
        if !FUNCTIONS.contains(function) {
            say(What::NoSuchFunction {
                message: unit.name.clone(),
                function: (*function).to_owned(),
            });
        }
    }
}

/// The variables that a message uses, also by what it refers to.
fn variables<'a>(name: &str, files: &[&'a Parsed<'a>]) -> BTreeSet<&'a str> {
    let mut variables = BTreeSet::new();
    let mut seen = BTreeSet::from([name.to_owned()]);
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        let units = files.iter().flat_map(|file| &file.messages);
        for unit in units.filter(|unit| unit.name == name) {
            variables.extend(unit.uses.variables.iter().copied());
            for reference in &unit.uses.references {
                if seen.insert(reference.clone()) {
                    open.push(reference.clone());
                }
            }
        }
    }
    variables
}
