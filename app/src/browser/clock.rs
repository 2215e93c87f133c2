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

/// A new name for an act of writing. Not by `randomUUID`, which is missing where a page is served over plain HTTP from another machine,
/// as `INSECURE_COOKIES` allows.
pub fn new_key() -> Key {
    let mut chance = [0; 32];
    let drawn = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut chance));
    if drawn.is_err() {
        chance.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    let mut uuid = String::with_capacity(36);
    for (digit, byte) in chance.into_iter().enumerate() {
        if matches!(digit, 8 | 12 | 16 | 20) {
            uuid.push('-');
        }
        let digit = match digit {
            12 => 4,
            16 => 8 | byte & 3,
            _ => byte & 15,
        };
        uuid.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
    }
    Key::parse(&uuid).unwrap_or_else(new_key)
}
