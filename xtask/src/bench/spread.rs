//! Many measured times, and what one says of them: the middle one, and the one that few are worse than.

use std::time::Duration;

use crate::problem::Outcome;
use crate::stopwatch::Stopwatch;

/// Times in milliseconds, the shortest first.
pub(super) struct Spread(Vec<f64>);

impl Spread {
    /// Of times that were measured elsewhere.
    pub(super) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        Self::of_values(times.into_iter().map(|it| it.as_secs_f64() * 1e3).collect())
    }

    /// Of any values.
    pub(super) fn of_values(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// Does something again and again and measures each time.
    pub(super) fn measure(times: usize, mut work: impl FnMut() -> Outcome) -> Outcome<Self> {
        let mut measured = Vec::with_capacity(times);
        for _ in 0..times {
            let clock = Stopwatch::start();
            work()?;
            measured.push(clock.elapsed());
        }
        Ok(Self::of(measured))
    }

    /// Half are at most this, in milliseconds.
    pub(super) fn p50(&self) -> f64 {
        self.at(50)
    }

    /// 99 of 100 are at most this, in milliseconds.
    pub(super) fn p99(&self) -> f64 {
        self.at(99)
    }

    /// The smallest of them that so many of a hundred are at most.
    fn at(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let spread = Spread::of((1..=200).rev().map(Duration::from_millis));
        assert!((spread.p50() - 100.0).abs() < 1e-9);
        assert!((spread.p99() - 198.0).abs() < 1e-9);
        let few = Spread::of([3, 1, 2].map(Duration::from_millis));
        assert!((few.p50() - 2.0).abs() < 1e-9);
        assert!((few.p99() - 3.0).abs() < 1e-9);
        assert!(Spread::of([]).p50().is_nan());
    }
}
