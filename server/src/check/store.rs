//! The store: whether DATA_DIR can be opened and written, which changes nothing in it. A portal that runs there is as good a proof.

use super::report::Line;
use crate::config::Config;
use crate::store::ability::Inability;
use crate::store::{Store, StoreError, alarms};

const PART: &str = "store";

pub(super) async fn examine(config: &Config) -> Vec<Line> {
    let opened = open(config);
    // What runs there made the tables; an older one has none yet.
    let at_risk = Store::peek(&config.data_dir, alarms::count).unwrap_or_default();
    let mut lines = vec![opened];
    if at_risk > 0 {
        lines.push(Line::fault(
            "contacts",
            format!("security: {at_risk} customers' contacts in Chatwoot were merged or taken over"),
            "The portal's log names each (\"security:\"). Look at them in Chatwoot: whoever opens a website inbox's widget can \
             become any contact, so that such an inbox should be in an account of its own.",
        ));
    }
    lines
}

fn open(config: &Config) -> Line {
    let place = config.data_dir.display();
    match Store::try_writing(&config.data_dir) {
        Ok(()) => Line::ok(PART, format!("{place} can be written")),
        Err(StoreError::InUse(_, process)) => Line::ok(
            PART,
            format!("{place} is in use by the portal that runs as process {process}"),
        ),
        Err(error @ StoreError::Folder(..)) => Line::fault(
            PART,
            error.to_string(),
            "Make the folder writable for this user, or give another one by DATA_DIR.",
        ),
        Err(error @ StoreError::Newer { .. }) => Line::fault(
            PART,
            error.to_string(),
            "Start the newer portal again, or put back the copy that was made before the upgrade.",
        ),
        Err(error @ StoreError::Broken(..)) => Line::fault(
            PART,
            error.to_string(),
            "Put back a copy: one from a backup, or the one beside it.",
        ),
        Err(error) => Line::fault(
            PART,
            format!("{place}: {error}"),
            match Inability::of(&error) {
                Some(inability) => inability.cure(),
                None => {
                    "See whether the disk is full, read-only or failing, and whether this user may write there."
                }
            },
        ),
    }
}
