//! Files to be sent, from the browser until Chatwoot has them: each in a file of its own in `DATA_DIR/uploads`, sealed, streamed in and out,
//! never held whole. A row of the store says whose it is and what takes it; what has no row goes.

mod about;
mod coming;
mod folder;
mod kind;
mod receive;
mod sealed;
mod tidy;

use std::path::PathBuf;
use std::sync::Arc;

use app::tickets::upload::FileLimits;

pub(crate) use about::About;
pub(crate) use receive::receive;
pub(crate) use tidy::{release, start};

use coming::Coming;
use folder::Folder;

/// Their folder, in DATA_DIR.
pub const FOLDER: &str = "uploads";
const MIB: u64 = 1024 * 1024;

/// What may be sent, and what may wait; the operator's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Of one file, and of the files of one message.
    pub limits: FileLimits,
    /// Bytes that one customer may have waiting.
    pub waiting: u64,
    /// Bytes of everybody's that may wait.
    pub waiting_in_all: u64,
    /// Programs are taken too.
    pub programs: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: FileLimits {
                bytes: 10 * MIB,
                files: 10,
                bytes_in_all: 40 * MIB,
            },
            waiting: 200 * MIB,
            waiting_in_all: 4096 * MIB,
            programs: false,
        }
    }
}

/// The files that wait; clones share them.
#[derive(Clone)]
pub struct Uploads {
    settings: Settings,
    folder: Folder,
    coming: Arc<Coming>,
}

impl Uploads {
    /// Those in a folder, which is made when it is needed.
    pub(crate) fn new(settings: Settings, folder: PathBuf) -> Self {
        Self {
            settings,
            folder: Folder::new(folder),
            coming: Arc::default(),
        }
    }

    /// What may be sent.
    pub(crate) fn limits(&self) -> FileLimits {
        self.settings.limits
    }

    /// The files themselves.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }
}
