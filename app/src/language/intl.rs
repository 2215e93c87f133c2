//! The browser's Intl: dates and numbers in the chosen language, with no tables of ours. A formatter is made once for each form.

use std::cell::RefCell;

use fluent::types::{FluentNumber, FluentNumberStyle};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Options of a formatter, by their names in Intl.
pub type Options<'a> = &'a [(&'a str, &'a str)];

thread_local! {
    static FORMATTERS: RefCell<Vec<(String, Option<Function>)>> = const { RefCell::new(Vec::new()) };
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

/// A number of a Fluent message, with the options that the message gave.
pub fn fluent_number(number: &FluentNumber) -> String {
    let given = &number.options;
    let mut options: Vec<(&str, String)> = Vec::new();
    match given.style {
        FluentNumberStyle::Percent => options.push(("style", "percent".to_owned())),
        FluentNumberStyle::Currency => {
            options.push(("style", "currency".to_owned()));
            options.push(("currency", given.currency.clone().unwrap_or_default()));
        }
        FluentNumberStyle::Decimal => {}
    }
    if !given.use_grouping {
        options.push(("useGrouping", String::new()));
    }
    for (name, digits) in [
        ("minimumIntegerDigits", given.minimum_integer_digits),
        ("minimumFractionDigits", given.minimum_fraction_digits),
        ("maximumFractionDigits", given.maximum_fraction_digits),
    ] {
        if let Some(digits) = digits {
            options.push((name, digits.to_string()));
        }
    }
    let options: Vec<(&str, &str)> = options.iter().map(|(n, v)| (*n, v.as_str())).collect();
    self::number(number.value, &options)
}

/// The `format` of a formatter is a getter that is bound to it, so it alone is kept.
fn formatted(kind: &str, options: Options<'_>, value: f64) -> String {
    let mut name = kind.to_owned();
    for (key, value) in options {
        name.push('|');
        name.push_str(key);
        name.push('=');
        name.push_str(value);
    }
    let format = FORMATTERS.with_borrow_mut(|formatters| {
        if let Some((_, format)) = formatters.iter().find(|(known, _)| *known == name) {
            return format.clone();
        }
        let format = TAG
            .with_borrow(|tag| formatter(kind, tag, options))
            .or_else(|| formatter(kind, "en", options));
        formatters.push((name, format.clone()));
        format
    });
    format
        .and_then(|format| format.call1(&JsValue::NULL, &value.into()).ok())
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// `None` for a tag or an option that Intl does not know: a language dropped into the folder may have any name.
fn formatter(kind: &str, tag: &str, options: Options<'_>) -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
    let given = Object::new();
    for (name, value) in options {
        Reflect::set(&given, &(*name).into(), &(*value).into()).ok()?;
    }
    let made = Reflect::construct(&class, &Array::of2(&tag.into(), &given)).ok()?;
    Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()
}
