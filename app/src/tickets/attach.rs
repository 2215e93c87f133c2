//! Files on their way to a draft, one after the other; those that the server has are the draft's. What waits for a connection or a session goes on by
//! itself.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use web_sys::{File, XmlHttpRequest};

use super::api::drop_upload;
use super::drafts::Written;
use super::previews;
use super::upload::{FileProblem, NAME_HEADER, UPLOAD_HEADER, UploadId, Uploaded};
use crate::browser::{clock, files, timer};
use crate::call::in_background;
use crate::error::AppError;
use crate::paths;

/// After so many milliseconds a file is tried again that found no connection.
const AGAIN: i32 = 3_000;

/// Where a file is on its way.
#[derive(Clone, PartialEq)]
pub enum Way {
    /// It waits for its turn.
    Waits,
    /// So much of it is sent, in per cent.
    Goes(u32),
    /// It is not.
    Failed(AppError),
}

/// A file that the server does not have yet.
#[derive(Clone)]
pub struct Coming {
    /// Its name on its way.
    pub id: UploadId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Where it is.
    pub way: Way,
    file: SendWrapper<File>,
}

/// The files of a draft that the server does not have yet.
#[derive(Clone, Default)]
pub struct Attaching {
    /// In their order.
    pub files: ArcRwSignal<Vec<Coming>>,
    request: ArcStoredValue<Option<SendWrapper<XmlHttpRequest>>>,
}

/// Whether a draft can be sent with its files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// All are there.
    Yes,
    /// Some are on their way.
    NotYet,
    /// Some could not be added.
    No,
}

/// How a draft is sent whose files came when it was on the screen no more.
pub type Wish = ArcStoredValue<Option<SendWrapper<Rc<dyn Fn(&Written)>>>>;

/// It goes on by itself when there is a connection or a session again.
fn goes_on(way: &Way) -> bool {
    matches!(way, Way::Failed(AppError::Offline | AppError::SignedOut))
}

fn is_refusal(way: &Way) -> bool {
    matches!(way, Way::Failed(AppError::File(_)))
}

impl Attaching {
    /// Whether they can go with the message; wakes when that changes.
    pub fn ready(&self) -> Ready {
        self.files.with(|files| {
            let failed = |file: &Coming| matches!(file.way, Way::Failed(_)) && !goes_on(&file.way);
            if files.is_empty() {
                Ready::Yes
            } else if files.iter().any(failed) {
                Ready::No
            } else {
                Ready::NotYet
            }
        })
    }

    /// The same as of now.
    pub fn ready_now(&self) -> Ready {
        untrack(|| self.ready())
    }

    fn set(&self, id: &UploadId, way: Way) {
        self.files.update(|files| {
            for file in files.iter_mut().filter(|file| file.id == *id) {
                file.way = way.clone();
            }
        });
    }

    fn has(&self, id: &UploadId) -> bool {
        self.files
            .with_untracked(|files| files.iter().any(|file| file.id == *id))
    }
}

impl Written {
    /// On the screen from now on, where whoever waits is told. Off it, what is to be sent is sent like this when its files are there.
    pub fn shown(&self, wish: impl Fn(&Written) + 'static) {
        self.wish.set_value(None);
        let this = self.clone();
        let wish = SendWrapper::new(Rc::new(wish) as Rc<dyn Fn(&Written)>);
        on_cleanup(move || {
            if this.waiting.get_untracked() {
                this.wish.set_value(Some(wish));
            }
        });
    }

    /// Sends what waited for its files and is on the screen no more. With a file that cannot be added it stays a draft.
    fn settle(&self) {
        let ready = self.attaching.ready_now();
        if ready == Ready::NotYet {
            return;
        }
        if let Some(wish) = self.wish.get_value() {
            self.wish.set_value(None);
            self.waiting.set(false);
            if ready == Ready::Yes {
                wish(self);
            }
        }
    }

    /// The customer adds files.
    pub fn add_files(&self, files: Vec<File>) {
        for file in files {
            let Some(id) = UploadId::parse(clock::new_key().as_str()) else {
                continue;
            };
            previews::keep(&id, &file);
            let (name, size) = (file.name(), file.size() as u64);
            let way = self.way_for(size);
            self.attaching.files.update(|all| {
                all.push(Coming {
                    id,
                    name,
                    size,
                    way,
                    file: SendWrapper::new(file),
                });
            });
        }
        self.send_files();
    }

    /// The customer does not want it any more, wherever it is.
    pub fn remove_file(&self, id: &UploadId) {
        if self.attaching.has(id) {
            let goes = |file: &Coming| file.id == *id && matches!(file.way, Way::Goes(_));
            let now = self
                .attaching
                .files
                .with_untracked(|all| all.iter().any(goes));
            self.attaching
                .files
                .update(|all| all.retain(|file| file.id != *id));
            if now && let Some(request) = self.attaching.request.get_value() {
                _ = request.abort();
            }
        } else {
            self.write(|draft| draft.files.retain(|file| file.id != *id));
        }
        self.drop_file(id.clone());
        previews::forget(Some(id));
    }

    /// The customer tries again.
    pub fn retry_file(&self, id: &UploadId) {
        let size = self.attaching.files.with_untracked(|all| {
            all.iter()
                .find(|file| file.id == *id)
                .map_or(0, |file| file.size)
        });
        // So that it does not count against itself.
        let refused = Way::Failed(AppError::File(FileProblem::Empty));
        self.attaching.set(id, refused);
        self.attaching.set(id, self.way_for(size));
        self.send_files();
    }

    /// Goes on with what found no connection or no session.
    pub fn resume_files(&self) {
        let any = |all: &Vec<Coming>| all.iter().any(|file| goes_on(&file.way));
        if self.attaching.files.with_untracked(any) {
            self.attaching.files.update(|all| {
                for file in all.iter_mut().filter(|file| goes_on(&file.way)) {
                    file.way = Way::Waits;
                }
            });
        }
        self.send_files();
    }

    /// Nobody wants any of them any more.
    pub fn forget_files(&self) {
        self.attaching.files.update(Vec::clear);
        self.wish.set_value(None);
        self.waiting.set(false);
        if let Some(request) = self.attaching.request.get_value() {
            _ = request.abort();
        }
        previews::forget(None);
    }

    /// Spares the way for what the server would refuse.
    fn way_for(&self, size: u64) -> Way {
        let limits = untrack(|| self.limits());
        let coming = self.attaching.files.with_untracked(|all| {
            let counted = all.iter().filter(|file| !is_refusal(&file.way));
            counted.map(|file| file.size).collect::<Vec<u64>>()
        });
        let there = self.draft.with_untracked(|draft| {
            let sizes = draft.files.iter().map(|file| file.size);
            sizes.chain(coming).collect::<Vec<u64>>()
        });
        let problem = if size == 0 {
            FileProblem::Empty
        } else if size > limits.bytes {
            FileProblem::TooLarge {
                limit: limits.bytes,
            }
        } else if there.len() >= limits.files as usize {
            FileProblem::TooMany {
                limit: limits.files,
            }
        } else if there.iter().sum::<u64>() + size > limits.bytes_in_all {
            FileProblem::TooLargeInAll {
                limit: limits.bytes_in_all,
            }
        } else {
            return Way::Waits;
        };
        Way::Failed(AppError::File(problem))
    }

    /// Sends what waits, one after the other.
    fn send_files(&self) {
        if self.attaching.request.with_value(Option::is_some) {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            while let Some(next) = this.next_file() {
                let answer = this.session.watch(this.send_file(&next)).await;
                this.attaching.request.set_value(None);
                this.note_file(&next.id, answer);
            }
        });
    }

    fn next_file(&self) -> Option<Coming> {
        if self.attaching.request.with_value(Option::is_some) {
            return None;
        }
        let next = self.attaching.files.with_untracked(|all| {
            let mut waiting = all.iter().filter(|file| file.way == Way::Waits);
            waiting.next().cloned()
        })?;
        let request = XmlHttpRequest::new().ok()?;
        self.attaching
            .request
            .set_value(Some(SendWrapper::new(request)));
        self.attaching.set(&next.id, Way::Goes(0));
        Some(next)
    }

    async fn send_file(&self, next: &Coming) -> Result<Uploaded, AppError> {
        if !files::can_be_read(&next.file).await {
            return Err(AppError::NotFound);
        }
        let request = self
            .attaching
            .request
            .get_value()
            .ok_or(AppError::Offline)?;
        let name = String::from(js_sys::encode_uri_component(&next.name));
        let headers = [
            (UPLOAD_HEADER, next.id.as_str()),
            (NAME_HEADER, &name),
            ("content-type", "application/octet-stream"),
        ];
        let (attaching, id) = (self.attaching.clone(), next.id.clone());
        let percent = move |percent| attaching.set(&id, Way::Goes(percent));
        match files::send(&request, paths::UPLOADS, &headers, &next.file, percent).await {
            (0, _) => Err(AppError::Offline),
            (201, answer) => crate::wire::read(&answer).ok_or(AppError::BadRequest),
            (status, answer) => Err(crate::wire::read(&answer).unwrap_or(match status {
                // In words of its own, a proxy that found nobody behind it.
                502..=504 => AppError::Offline,
                _ => AppError::Unavailable {
                    reference: String::new(),
                },
            })),
        }
    }

    fn note_file(&self, id: &UploadId, answer: Result<Uploaded, AppError>) {
        match answer {
            // It was removed meanwhile.
            _ if !self.attaching.has(id) => self.drop_file(id.clone()),
            Ok(there) => {
                self.attaching
                    .files
                    .update(|all| all.retain(|file| file.id != *id));
                self.write(|draft| draft.files.push(there));
            }
            Err(error) => {
                if error == AppError::Offline {
                    let this = self.clone();
                    spawn_local(async move {
                        timer::sleep(AGAIN).await;
                        this.resume_files();
                    });
                }
                self.attaching.set(id, Way::Failed(error));
            }
        }
        self.settle();
    }

    /// Tells the server, which forgets it by itself later if this does not get there.
    fn drop_file(&self, id: UploadId) {
        spawn_local(async move { _ = in_background(drop_upload(id)).await });
    }
}
