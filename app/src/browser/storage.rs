//! What stays in this browser: drafts and messages on their way, under names that one call wipes. Nothing here may fail: a browser may forbid storage.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

/// Everything of ours begins with this, so that signing out finds it.
const PREFIX: &str = "portal:";

fn kept() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn of_this_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Which of the browser's two stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Survives the tab.
    Browser,
    /// Ends with the tab.
    Tab,
}

impl Keep {
    fn storage(self) -> Option<Storage> {
        match self {
            Self::Browser => kept(),
            Self::Tab => of_this_tab(),
        }
    }

    /// Reads what was written under a name.
    pub fn read<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        let text = self
            .storage()?
            .get_item(&format!("{PREFIX}{name}"))
            .ok()??;
        crate::wire::read(&text)
    }

    /// Writes, or forgets where there is nothing. False if the browser does not keep it.
    pub fn write<T: Serialize>(self, name: &str, value: Option<&T>) -> bool {
        let Some(storage) = self.storage() else {
            return false;
        };
        let name = format!("{PREFIX}{name}");
        let kept = match value.and_then(|value| serde_json::to_string(value).ok()) {
            Some(text) => storage.set_item(&name, &text),
            None => storage.remove_item(&name),
        };
        kept.is_ok()
    }

    /// The names that begin with this.
    pub fn names(self, beginning: &str) -> Vec<String> {
        let Some(storage) = self.storage() else {
            return Vec::new();
        };
        let beginning = format!("{PREFIX}{beginning}");
        names(&storage)
            .filter(|name| name.starts_with(&beginning))
            .map(|name| name[PREFIX.len()..].to_owned())
            .collect()
    }
}

fn names(storage: &Storage) -> impl Iterator<Item = String> {
    (0..storage.length().unwrap_or(0)).filter_map(|i| storage.key(i).ok().flatten())
}

/// Forgets everything of the customer's in this browser.
pub fn wipe() {
    for storage in [kept(), of_this_tab()].into_iter().flatten() {
        let names: Vec<String> = names(&storage)
            .filter(|name| name.starts_with(PREFIX))
            .collect();
        for name in names {
            _ = storage.remove_item(&name);
        }
    }
}
