//! The languages there are: those built in, and those of LOCALES_DIR, which win and are noticed without a restart.

mod files;
mod negotiate;
mod page_texts;

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use app::language::catalogue::Catalogue;
use app::session::model::LanguageChoice;
use axum::response::Response;
use bytes::Bytes;
use http::HeaderMap;

use crate::clock::{Clock, Millis};
use crate::locales_check;
use crate::pages::stored::{Keep, Stored};
use files::{APP, EMAILS, Stamp};

pub use files::{FILES, Source, Sources};
pub use page_texts::PageTexts;

/// What every text falls back to.
pub const LAST_RESORT: &str = "en";
/// How often the folder is looked at, milliseconds.
const LOOK_EACH: Millis = 1000;

/// A language and its texts.
pub struct Language {
    /// Its tag, such as `es`.
    pub tag: String,
    /// Its own name.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Changes with the texts of the browser.
    pub version: String,
    /// Texts of the browser, as they are fetched.
    app: Stored,
    /// Words of the page itself, with what stands in for missing ones.
    pub texts: PageTexts,
    /// Texts of mails, with what stands in for missing ones.
    pub emails: Catalogue,
}

/// All languages.
pub struct Languages {
    sources: Sources,
    default: String,
    clock: Clock,
    loaded: Mutex<Loaded>,
}

struct Loaded {
    stamp: Stamp,
    looked_at: Millis,
    languages: Arc<Vec<Arc<Language>>>,
}

impl Languages {
    /// Those built in and those of a folder. `default` is for those who ask for none that there is.
    pub fn new(folder: Option<PathBuf>, default: String, clock: Clock) -> Self {
        let sources = Sources::new(folder);
        let loaded = Loaded {
            stamp: sources.stamp(),
            looked_at: clock.now(),
            languages: Arc::new(load(&sources)),
        };
        Self {
            sources,
            default,
            clock,
            loaded: Mutex::new(loaded),
        }
    }

    /// All of them, by tag.
    pub fn all(&self) -> Arc<Vec<Arc<Language>>> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        if now >= loaded.looked_at + LOOK_EACH {
            loaded.looked_at = now;
            let stamp = self.sources.stamp();
            if stamp != loaded.stamp {
                loaded.stamp = stamp;
                loaded.languages = Arc::new(load(&self.sources));
                tracing::info!("texts have changed and were read again");
            }
        }
        Arc::clone(&loaded.languages)
    }

    /// The language of this tag, or what is closest to it.
    pub fn of(&self, tag: &str) -> Arc<Language> {
        let all = self.all();
        let tag = self.choose(&all, [tag]);
        let found = all.iter().find(|it| it.tag == tag).or(all.first());
        found.cloned().unwrap_or_else(|| Arc::new(nothing()))
    }

    /// The tag of the language that is closest to a tag.
    pub fn closest(&self, tag: &str) -> String {
        self.choose(&self.all(), [tag])
    }

    /// Whether there is a language of exactly this tag.
    pub fn has(&self, tag: &str) -> bool {
        self.all().iter().any(|it| it.tag == tag)
    }

    /// The language of a page: what was chosen in this browser, else the customer's, else what the browser asks for.
    pub fn negotiate(
        &self,
        cookie: Option<&str>,
        customers: Option<&str>,
        accept: Option<&str>,
    ) -> Arc<Language> {
        let all = self.all();
        let asked = negotiate::by_weight(accept.unwrap_or(""));
        let wishes = cookie
            .into_iter()
            .chain(customers)
            .chain(asked.iter().map(String::as_str));
        self.of(&self.choose(&all, wishes))
    }

    /// The answer to whoever fetches the browser's texts by a file name, such as `es.ftl`, in a version of them.
    pub fn file(&self, name: &str, version: Option<&str>, request: &HeaderMap) -> Option<Response> {
        let tag = name.strip_suffix(".ftl")?;
        let all = self.all();
        let language = all.iter().find(|it| it.tag == tag)?;
        let keep = if version == Some(language.version.as_str()) {
            Keep::ForEver
        } else {
            Keep::Check
        };
        Some(language.app.answer(keep, request))
    }

    /// What the browser may choose from.
    pub fn choices(&self) -> Vec<LanguageChoice> {
        let choice = |language: &Arc<Language>| LanguageChoice {
            tag: language.tag.clone(),
            name: language.name.clone(),
            direction: language.direction.clone(),
            version: language.version.clone(),
        };
        self.all().iter().map(choice).collect()
    }

    fn choose<'a>(
        &'a self,
        all: &[Arc<Language>],
        wishes: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let tags: Vec<&str> = all.iter().map(|it| it.tag.as_str()).collect();
        wishes
            .into_iter()
            .chain([self.default.as_str(), LAST_RESORT])
            .find_map(|wish| negotiate::closest(wish, &tags))
            .unwrap_or(LAST_RESORT)
            .to_owned()
    }
}

fn load(sources: &Sources) -> Vec<Arc<Language>> {
    let tags = sources.tags();
    for own in tags
        .iter()
        .flat_map(|tag| FILES.map(|file| sources.own(tag, file)))
    {
        let Some(Source { path, text }) = own else {
            continue;
        };
        for finding in locales_check::broken(&path, &text) {
            tracing::warn!("{finding}; the other messages are used");
        }
    }
    tags.iter()
        .map(|tag| Arc::new(read(sources, tag)))
        .collect()
}

fn read(sources: &Sources, tag: &str) -> Language {
    let texts = |file: &str| {
        let mut catalogue = Catalogue::empty();
        for stand_in in negotiate::stand_ins(tag) {
            if let Some(ftl) = sources.text(&stand_in, file) {
                catalogue = catalogue.with(&stand_in, &ftl);
            }
        }
        catalogue
    };
    let app = sources.text(tag, APP).unwrap_or_default();
    // Only its own texts tell a language's name and direction, not those that stand in for it.
    let own = Catalogue::empty().with(tag, &app);
    let mut emails = texts(EMAILS);
    // In a mail the invisible marks around arguments would be copied along.
    emails.each_bundle(|bundle| bundle.set_use_isolating(false));
    let app = stored(without_comments(&app));
    Language {
        tag: tag.to_owned(),
        name: own
            .find("language-name", None)
            .unwrap_or_else(|| tag.to_owned()),
        direction: own
            .find("language-direction", None)
            .filter(|it| it == "rtl")
            .unwrap_or_else(|| "ltr".to_owned()),
        version: app.tag().to_owned(),
        texts: PageTexts::of(&texts(APP)),
        emails,
        app,
    }
}

/// What is for translators only no visitor need load. In Fluent a line that begins with `#` is nothing else.
fn without_comments(texts: &str) -> String {
    let lines = texts.split_inclusive('\n');
    lines.filter(|line| !line.starts_with('#')).collect()
}

/// How far back the compressor looks, as a power of two: further than a file of texts is long. It takes memory for all of it.
const WINDOW: u32 = 17;

/// Compressed for its first visitor: all languages at the start took longer than all else that is done there.
fn stored(texts: String) -> Stored {
    Stored::compressed_by("text/plain; charset=utf-8", Bytes::from(texts), compressed)
}

fn compressed(texts: &[u8]) -> Bytes {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, WINDOW);
    // Into memory: it cannot fail.
    let _ = writer.write_all(texts);
    Bytes::from(writer.into_inner())
}

/// With no texts at all every message is its id.
fn nothing() -> Language {
    let app = stored(String::new());
    Language {
        tag: LAST_RESORT.to_owned(),
        name: LAST_RESORT.to_owned(),
        direction: "ltr".to_owned(),
        version: app.tag().to_owned(),
        texts: PageTexts::of(&Catalogue::empty()),
        emails: Catalogue::empty(),
        app,
    }
}

#[cfg(test)]
mod tests;
