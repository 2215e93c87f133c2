//! Times and sizes in words: the form from [`super::when`], the digits and names from Intl.

use super::intl;
use super::spoken::{say, tag};
use super::when::{DayName, RowTime, day_name, row_time};
use crate::browser::clock;
use leptos::prelude::Track;

/// When something was, as short as a row wants it.
pub fn row(at: u64) -> String {
    tag().track();
    let millis = at as f64;
    match row_time(clock::local(at), clock::local(clock::ticking())) {
        RowTime::Now => say("time-now", Vec::new()),
        RowTime::Minutes(n) => say("time-minutes", vec![("n", n.into())]),
        RowTime::Hours(n) => say("time-hours", vec![("n", n.into())]),
        RowTime::Weekday => intl::date(millis, &[("weekday", "short")]),
        RowTime::DayMonth => intl::date(millis, &[("day", "numeric"), ("month", "short")]),
        RowTime::DayMonthYear => intl::date(
            millis,
            &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
        ),
    }
}

/// A day, as a thread names it between its messages.
pub fn day(at: u64) -> String {
    tag().track();
    match day_name(clock::local(at), clock::local(clock::ticking())) {
        DayName::Today => say("day-today", Vec::new()),
        DayName::Yesterday => say("day-yesterday", Vec::new()),
        DayName::DayMonth => intl::date(at as f64, &[("day", "numeric"), ("month", "long")]),
        DayName::DayMonthYear => intl::date(at as f64, &[("dateStyle", "long")]),
    }
}

/// The day on which something was, never as "today".
pub fn date(at: u64) -> String {
    tag().track();
    let same_year = clock::local(at).year() == clock::local(clock::ticking()).year();
    if same_year {
        intl::date(at as f64, &[("day", "numeric"), ("month", "long")])
    } else {
        intl::date(at as f64, &[("dateStyle", "long")])
    }
}

/// The time of day.
pub fn clock_time(at: u64) -> String {
    tag().track();
    intl::date(at as f64, &[("timeStyle", "short")])
}

/// Whether it is of the day that it is now.
pub fn is_today(at: u64) -> bool {
    clock::local(at).day() == clock::local(clock::ticking()).day()
}

/// Day and time in full.
pub fn full(at: u64) -> String {
    tag().track();
    intl::date(at as f64, &[("dateStyle", "long"), ("timeStyle", "short")])
}

/// For machines: the `datetime` of a `<time>`.
pub fn machine(at: u64) -> String {
    js_sys::Date::new(&(at as f64).into())
        .to_iso_string()
        .into()
}

/// The size of a file.
pub fn size(bytes: u64) -> String {
    tag().track();
    let bytes = bytes as f64;
    let (value, unit) = match bytes {
        ..1e6 => ((bytes / 1e3).max(bytes.min(0.1)), "kilobyte"),
        ..1e9 => (bytes / 1e6, "megabyte"),
        _ => (bytes / 1e9, "gigabyte"),
    };
    let digits = if value < 10.0 { "1" } else { "0" };
    intl::number(
        value,
        &[
            ("style", "unit"),
            ("unit", unit),
            ("unitDisplay", "short"),
            ("maximumFractionDigits", digits),
        ],
    )
}
