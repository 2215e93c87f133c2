//! Faults that are asked for: the weather of the whole server, and sentinels in what a customer writes.

use std::time::Duration;

use axum::http::{StatusCode, header};

use crate::answer::Answer;
use crate::inside::Shared;

/// How the whole server is. Only the API feels it; the desk page does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    /// As it should be.
    #[default]
    Well,
    /// Takes every call and answers none.
    Hanging,
    /// 429 `Retry later`, as rack-attack says it.
    Throttling,
    /// 503 with a page of HTML, as a proxy says it.
    Down503,
    /// 200 with a page of HTML.
    Html,
    /// 401 to every token.
    Unauthorized,
    /// Closes every connection without a byte.
    Cutting,
}

impl Weather {
    /// Every weather and the word for it on the desk page.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Well, "well"),
        (Self::Hanging, "hanging"),
        (Self::Throttling, "throttling"),
        (Self::Down503, "down503"),
        (Self::Html, "html"),
        (Self::Unauthorized, "unauthorized"),
        (Self::Cutting, "cutting"),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(weather, _)| *weather == self)
            .map_or("well", |(_, word)| word)
    }

    /// The weather of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(weather, _)| *weather)
    }

    /// The answer that it gives to everything, if it gives one.
    pub(crate) fn answer(self) -> Option<Answer> {
        match self {
            Self::Well | Self::Hanging | Self::Cutting => None,
            Self::Throttling => Some(Answer::new(
                StatusCode::TOO_MANY_REQUESTS,
                "text/plain",
                "Retry later\n",
            )),
            Self::Down503 => Some(unavailable()),
            Self::Html => Some(page(StatusCode::OK, "Down for maintenance")),
            Self::Unauthorized => Some(Answer::error(
                StatusCode::UNAUTHORIZED,
                "Invalid Access Token",
            )),
        }
    }
}

/// 503 as a proxy in front of Chatwoot says it.
pub(crate) fn unavailable() -> Answer {
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "503 Service Temporarily Unavailable",
    )
}

fn page(status: StatusCode, words: &str) -> Answer {
    let html =
        format!("<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>\n");
    Answer::new(status, "text/html", html).with(header::SERVER, "nginx")
}

/// What a text asks for before it is stored, and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sentinel {
    /// `fail: 503`: refused, not stored.
    Unavailable,
    /// `fail: 422`: refused in Chatwoot's own words, not stored.
    Invalid,
    /// `fail: odd 422`: refused in words that nobody knows, not stored.
    Odd,
    /// `fail: lost`: stored, then the connection is cut; only the first time for a source_id.
    Lost,
    /// `fail: 500 after`: stored, then 500.
    BrokenAfter,
    /// `fail: slow`: stored late.
    Slow,
    /// `fail: once`: 503 the first time for a source_id.
    Once,
}

/// Texts and what they ask for.
pub(crate) const SENTINELS: [(&str, Sentinel); 7] = [
    ("fail: 503", Sentinel::Unavailable),
    ("fail: 422", Sentinel::Invalid),
    ("fail: odd 422", Sentinel::Odd),
    ("fail: lost", Sentinel::Lost),
    ("fail: 500 after", Sentinel::BrokenAfter),
    ("fail: slow", Sentinel::Slow),
    ("fail: once", Sentinel::Once),
];

/// What is to happen to a write once it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aftermath {
    None,
    Cut,
    Broken,
}

/// Does what the text asks for before the write, and says what is to happen after. `key` names the write over its attempts.
pub(crate) async fn heed(fake: &Shared, texts: &[&str], key: &str) -> Result<Aftermath, Answer> {
    let asked = |words: &&str| texts.iter().any(|text| text.contains(*words));
    let Some((words, sentinel)) = SENTINELS.iter().find(|(words, _)| asked(words)) else {
        return Ok(Aftermath::None);
    };
    match sentinel {
        Sentinel::Unavailable => Err(unavailable()),
        Sentinel::Invalid => Err(Answer::unprocessable(
            "Validation failed: Content is too long (maximum is 150000 characters)",
        )),
        Sentinel::Odd => Err(Answer::unprocessable(
            "Validation failed: Content is not acceptable",
        )),
        Sentinel::Lost if fake.first_time(&format!("{words} {key}")) => Ok(Aftermath::Cut),
        Sentinel::BrokenAfter => Ok(Aftermath::Broken),
        Sentinel::Once if fake.first_time(&format!("{words} {key}")) => Err(unavailable()),
        Sentinel::Slow => {
            pause(fake.options.slow).await;
            Ok(Aftermath::None)
        }
        Sentinel::Lost | Sentinel::Once => Ok(Aftermath::None),
    }
}

/// Look-ups of `slow@…` take long, those of `down@…` fail.
pub(crate) async fn heed_address(fake: &Shared, text: &str) -> Result<(), Answer> {
    if text.contains("down@") {
        return Err(unavailable());
    }
    if text.contains("slow@") {
        pause(fake.options.slow).await;
    }
    Ok(())
}

/// Waits without holding anything up.
pub(crate) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
