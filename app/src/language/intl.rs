//! The browser's Intl: dates and numbers in the chosen language, with no tables of ours. A formatter is made once for each form.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::texts::{self, Intl};

/// Options of a formatter, by their names in Intl.
pub type Options<'a> = &'a [(&'a str, &'a str)];

thread_local! {
    static FORMATTERS: RefCell<Vec<(String, Option<JsValue>)>> = const { RefCell::new(Vec::new()) };
    static TAG: RefCell<String> = RefCell::default();
}

/// The language that dates and numbers are written in from now on.
pub fn speak(tag: &str) {
    TAG.set(tag.to_owned());
    FORMATTERS.take();
}

/// A date or time.
pub fn date(at: f64, options: Options<'_>) -> String {
    // DateTimeFormat.format takes a number of milliseconds as well as a Date.
    formatted("DateTimeFormat", options, at)
}

/// A number, with a unit if the options name one.
pub fn number(value: f64, options: Options<'_>) -> String {
    formatted("NumberFormat", options, value)
}

/// Intl as Fluent's texts want it.
pub struct Browser;

impl Intl for Browser {
    fn plural(&self, tag: &str, number: f64, ordinal: bool) -> String {
        let kind = if ordinal { "ordinal" } else { "cardinal" };
        bound("PluralRules", "select", tag, &[("type", kind)], number)
    }

    fn number(&self, value: f64, options: &texts::Options<'_>) -> String {
        number(value, &borrowed(options))
    }

    fn date(&self, at: f64, options: &texts::Options<'_>) -> String {
        date(at, &borrowed(options))
    }

    fn parse(&self, digits: &str) -> f64 {
        js_sys::Number::parse_float(digits)
    }
}

fn borrowed<'a>(options: &'a texts::Options<'_>) -> Vec<(&'a str, &'a str)> {
    let all = options.iter();
    all.map(|(name, value)| (*name, value.as_str())).collect()
}

fn formatted(kind: &str, options: Options<'_>, value: f64) -> String {
    let tag = TAG.with_borrow(String::clone);
    bound(kind, "format", &tag, options, value)
}

/// Calls a method of a formatter that takes a number and gives a text.
fn bound(kind: &str, method: &str, tag: &str, options: Options<'_>, value: f64) -> String {
    let mut name = String::new();
    for part in [kind, tag] {
        name.push_str(part);
        name.push('|');
    }
    for (key, value) in options {
        name.push_str(key);
        name.push('=');
        name.push_str(value);
    }
    let formatter = FORMATTERS.with_borrow_mut(|formatters| {
        if let Some((_, formatter)) = formatters.iter().find(|(known, _)| *known == name) {
            return formatter.clone();
        }
        let formatter = make(kind, tag, options).or_else(|| make(kind, "en", options));
        formatters.push((name, formatter.clone()));
        formatter
    });
    formatter
        .and_then(|formatter| {
            let method: Function = Reflect::get(&formatter, &method.into())
                .ok()?
                .dyn_into()
                .ok()?;
            method.call1(&formatter, &value.into()).ok()
        })
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// `None` for a tag or an option that Intl does not know: a language dropped into the folder may have any name.
fn make(kind: &str, tag: &str, options: Options<'_>) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let given = Object::new();
    for (name, value) in options {
        // Intl reads digits given as text; only this one asks for truth.
        let value = match (*name, *value) {
            ("useGrouping", "false") => JsValue::FALSE,
            (_, value) => value.into(),
        };
        Reflect::set(&given, &(*name).into(), &value).ok()?;
    }
    Reflect::construct(&class, &Array::of2(&tag.into(), &given)).ok()
}
