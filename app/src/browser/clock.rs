//! Time and chance, from the browser's clock and random numbers: the one place for both.

use leptos::prelude::*;

use crate::language::when::Moment;
use crate::tickets::model::Key;

/// Unix milliseconds.
pub fn now() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// A moment on the wall clock of the customer's time zone.
pub fn local(at: u64) -> Moment {
    let date = js_sys::Date::new(&(at as f64).into());
    Moment {
        at,
        offset_minutes: -date.get_timezone_offset() as i64,
    }
}

thread_local! {
    static MINUTE: ArcRwSignal<u64> = ArcRwSignal::new(now());
}

/// The time, renewed twice a minute and whenever the page comes back into view; what reads it is shown again then.
pub fn ticking() -> u64 {
    MINUTE.with(ArcRwSignal::clone).get()
}

/// Renews what [`ticking`] gives.
pub fn tick() {
    MINUTE.with(ArcRwSignal::clone).set(now());
}

/// A new name for an act of writing.
pub fn new_key() -> Key {
    let uuid = window()
        .crypto()
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_default();
    Key::parse(&uuid).unwrap_or_else(key_without_crypto)
}

/// `randomUUID` is missing where a page is served over plain HTTP from another machine, which `INSECURE_COOKIES` allows.
fn key_without_crypto() -> Key {
    let mut uuid = String::with_capacity(36);
    for i in 0..36 {
        uuid.push(match i {
            8 | 13 | 18 | 23 => '-',
            14 => '4',
            _ => char::from_digit((js_sys::Math::random() * 16.0) as u32 & 15, 16).unwrap_or('0'),
        });
    }
    Key::parse(&uuid).unwrap_or_else(new_key)
}
