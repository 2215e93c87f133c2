//! A point in time as the database keeps it, to the microsecond, and the four ways in which Chatwoot writes one.

use serde_json::{Value, json};

/// Microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

impl Moment {
    /// From unix milliseconds.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// From unix seconds.
    pub(crate) fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Whole unix seconds, as most of the API has it.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Unix seconds with a fraction, as `updated_at` of a conversation has it.
    pub(crate) fn float(self) -> Value {
        #[expect(clippy::cast_precision_loss, reason = "the real one is a double too")]
        let seconds = self.0 as f64 / 1e6;
        json!(seconds)
    }

    /// `2026-11-21T12:47:48.464Z`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.date();
        let millis = self.0.rem_euclid(86_400_000_000) / 1000;
        let (hour, minute, second) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
        format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
            millis % 1000
        )
    }

    /// `2026-11-21 12:47:41`, as `/api` has it.
    pub(crate) fn plain(self) -> String {
        self.iso()
            .replace('T', " ")
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// Minutes since midnight, UTC.
    pub(crate) fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(86_400_000_000) / 60_000_000
    }

    /// Days since 1970, UTC.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(86_400_000_000)
    }

    /// 0 is Sunday, UTC.
    pub(crate) fn weekday(self) -> i64 {
        (self.day() + 4).rem_euclid(7)
    }

    fn date(self) -> (i64, i64, i64) {
        // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last.
        let days = self.day() + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }
}

/// Seconds, or 0 for never: how conversations have it.
pub(crate) fn seconds_or_zero(moment: Option<Moment>) -> Value {
    json!(moment.map_or(0, Moment::seconds))
}

/// ISO text or null.
pub(crate) fn iso_or_null(moment: Option<Moment>) -> Value {
    moment.map_or(Value::Null, |at| json!(at.iso()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_rails_writes_it() {
        assert_eq!(
            Moment::from_seconds(1_893_456_000).iso(),
            "2030-01-01T00:00:00.000Z"
        );
        assert_eq!(
            Moment::from_millis(1_795_265_268_464).iso(),
            "2026-11-21T12:47:48.464Z"
        );
        assert_eq!(
            Moment::from_seconds(1_709_164_799).plain(),
            "2024-02-28 23:59:59"
        );
        assert_eq!(Moment::from_seconds(1_795_265_268).weekday(), 6);
    }
}
