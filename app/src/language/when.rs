//! Which form a time is shown in. Days are those of the customer's clock; words and digits are the language's.

/// A moment and where the customer's clock stood then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Unix milliseconds.
    pub at: u64,
    /// Minutes that the customer's clock is ahead of UTC.
    pub offset_minutes: i64,
}

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: i64 = 86_400_000;

impl Moment {
    /// Days since 1970 on the customer's calendar.
    pub fn day(self) -> i64 {
        (self.at as i64 + self.offset_minutes * MINUTE as i64).div_euclid(DAY)
    }

    /// The year on the customer's calendar (Howard Hinnant's `civil_from_days`).
    pub fn year(self) -> i64 {
        let z = self.day() + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let after_february = (5 * day_of_year + 2) / 153 >= 10;
        year_of_era + era * 400 + i64::from(after_february)
    }
}

/// How a row tells its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowTime {
    /// Under a minute ago, or ahead of a clock that is slow.
    Now,
    /// So many minutes ago.
    Minutes(u64),
    /// So many hours ago.
    Hours(u64),
    /// A day of the last week.
    Weekday,
    /// A day of this year.
    DayMonth,
    /// A day of another year.
    DayMonthYear,
}

/// How a row tells when something was.
pub fn row_time(then: Moment, now: Moment) -> RowTime {
    let ago = now.at.saturating_sub(then.at);
    if ago < MINUTE {
        RowTime::Now
    } else if ago < HOUR {
        RowTime::Minutes(ago / MINUTE)
    } else if ago < 12 * HOUR || then.day() == now.day() {
        RowTime::Hours(ago / HOUR)
    } else if now.day() - then.day() < 7 {
        RowTime::Weekday
    } else if now.year() == then.year() {
        RowTime::DayMonth
    } else {
        RowTime::DayMonthYear
    }
}

/// How a thread names a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayName {
    /// Today.
    Today,
    /// The day before.
    Yesterday,
    /// A day of this year.
    DayMonth,
    /// A day of another year.
    DayMonthYear,
}

/// How a thread names the day of a moment.
pub fn day_name(then: Moment, now: Moment) -> DayName {
    match now.day() - then.day() {
        i64::MIN..=0 => DayName::Today,
        1 => DayName::Yesterday,
        _ if now.year() == then.year() => DayName::DayMonth,
        _ => DayName::DayMonthYear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 15:00 UTC.
    const NOW: u64 = 1_795_273_200_000;

    fn utc(at: u64) -> Moment {
        Moment {
            at,
            offset_minutes: 0,
        }
    }

    #[test]
    fn a_row_tells_the_less_the_longer_ago_it_was() {
        for (ago, form) in [
            (0, RowTime::Now),
            (59_999, RowTime::Now),
            (2 * MINUTE, RowTime::Minutes(2)),
            (HOUR, RowTime::Hours(1)),
            (14 * HOUR, RowTime::Hours(14)),
            (16 * HOUR, RowTime::Weekday),
            (6 * 24 * HOUR, RowTime::Weekday),
            (7 * 24 * HOUR, RowTime::DayMonth),
            (326 * 24 * HOUR, RowTime::DayMonthYear),
        ] {
            assert_eq!(row_time(utc(NOW - ago), utc(NOW)), form, "{ago}");
        }
    }

    #[test]
    fn a_time_ahead_of_a_slow_clock_is_now() {
        assert_eq!(row_time(utc(NOW + HOUR), utc(NOW)), RowTime::Now);
    }

    #[test]
    fn days_are_those_of_the_customers_clock() {
        // 23:30 UTC on the 20th is the 21st in Madrid and still the 20th in New York.
        let then = NOW - 15 * HOUR - 30 * MINUTE;
        let in_zone = |at, hours: i64| Moment {
            at,
            offset_minutes: hours * 60,
        };
        assert_eq!(day_name(in_zone(then, 1), in_zone(NOW, 1)), DayName::Today);
        assert_eq!(
            day_name(in_zone(then, -5), in_zone(NOW, -5)),
            DayName::Yesterday
        );
    }

    #[test]
    fn years_turn_at_new_year() {
        for (at, year) in [
            (0, 1970),
            (1_798_761_599_999, 2026),
            (1_798_761_600_000, 2027),
            (1_709_164_800_000, 2024),
            (951_782_400_000, 2000),
        ] {
            assert_eq!(utc(at).year(), year, "{at}");
        }
    }
}
