//! Versions as the browser has them: the kept one, and whether Chatwoot answers, so that an outage is a change too.

use app::tickets::model::Freshness;

/// A kept version for the browser.
pub(super) fn out(kept: u64, freshness: Freshness) -> u64 {
    let down = match freshness {
        Freshness::Live => 0,
        Freshness::AsOf(_) => 1,
    };
    kept.saturating_mul(2).saturating_add(down)
}

/// The kept version that the browser has.
pub(super) fn back(version: u64) -> u64 {
    version / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_another_version_of_the_same() {
        let live = out(1_800_000_000_000, Freshness::Live);
        let down = out(1_800_000_000_000, Freshness::AsOf(1));
        assert_ne!(live, down);
        assert_eq!(
            (back(live), back(down)),
            (1_800_000_000_000, 1_800_000_000_000)
        );
        // A browser's numbers are exact up to here.
        assert!(down < 1 << 53);
    }
}
