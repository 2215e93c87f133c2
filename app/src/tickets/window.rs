//! Which rows of a long list are in the page: those in sight and some around them, with as much room in place of the others. Ten thousand
//! rows take a browser a tenth of a second for each frame, however few of them it draws.

use std::ops::Range;

/// A list of no more rows is in the page as a whole, so that the browser's own search finds them.
const LONG: usize = 200;
/// Rows around those in sight, on either side.
const AROUND: usize = 40;
/// They come and go by so many at once.
const STEP: usize = 20;

/// Rows that are made for paper, some hundred sheets: the browser waits for them before it prints.
const PRINTED: usize = 1000;

/// Whether only a part of so many rows is in the page.
pub fn is_long(count: usize) -> bool {
    count > LONG
}

/// The rows of this height that are in sight, this far down and this far on, and those around them. Pixels.
pub fn in_sight(from: f64, height: f64, row: f64) -> Range<usize> {
    let (first, last) = (rows(from, row), rows(from + height, row) + 1);
    let first = first.saturating_sub(AROUND) / STEP * STEP;
    first..(last + AROUND).div_ceil(STEP) * STEP
}

/// Of so many rows of a long list, those that are in the page.
pub fn part(in_sight: &Range<usize>, count: usize) -> Range<usize> {
    let end = in_sight.end.min(count);
    in_sight.start.min(end.saturating_sub(2 * AROUND))..end
}

/// Of so many rows, those that are printed.
pub fn printed(count: usize) -> Range<usize> {
    0..count.min(PRINTED)
}

/// The room that so many rows take, in pixels.
#[expect(clippy::cast_precision_loss, reason = "nobody has so many tickets")]
pub fn room(rows: usize, row: f64) -> f64 {
    rows as f64 * row
}

/// How many whole rows there are in so many pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is below zero or too much is cut off"
)]
pub fn rows(pixels: f64, row: f64) -> usize {
    (pixels / row) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_one_what_is_in_sight_is_there_with_some_around_it() {
        assert_eq!(part(&in_sight(0.0, 800.0, 100.0), 10_000), 0..60);
        assert_eq!(part(&in_sight(500_000.0, 800.0, 100.0), 10_000), 4960..5060);
    }

    #[test]
    fn what_is_in_sight_stays_the_same_for_some_rows() {
        let sight = |from| in_sight(from, 800.0, 100.0);
        assert_eq!(sight(500_100.0), sight(501_000.0));
    }

    #[test]
    fn below_its_end_the_last_rows_are_there_and_above_it_the_first() {
        assert_eq!(part(&in_sight(500_000.0, 800.0, 100.0), 300), 220..300);
        assert_eq!(part(&in_sight(-300.0, 800.0, 100.0), 300).start, 0);
    }
}
