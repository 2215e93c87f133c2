//! The few words of the page itself, in a visitor's language. All others are the browser's to read: kept here as well, in every language and
//! with English behind each, they were the largest part of an idle portal's own memory.

use app::language::catalogue::Catalogue;

/// Words that are needed where the app is not there to say them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageText {
    /// The app did not load.
    Failed,
    /// The button to try again.
    LoadAgain,
    /// The browser runs no scripts.
    NeedsScript,
}

impl PageText {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Failed, Self::LoadAgain, Self::NeedsScript];

    /// Its message in `app.ftl`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Failed => "page-failed",
            Self::LoadAgain => "page-load-again",
            Self::NeedsScript => "page-needs-script",
        }
    }
}

/// Those words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTexts([String; 3]);

impl PageTexts {
    /// Taken from a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        Self(PageText::ALL.map(|text| catalogue.text(text.id(), None)))
    }

    /// One of them.
    pub fn get(&self, wanted: PageText) -> &str {
        let mut all = PageText::ALL.into_iter().zip(&self.0);
        all.find(|(text, _)| *text == wanted)
            .map_or("", |(_, words)| words)
    }
}
