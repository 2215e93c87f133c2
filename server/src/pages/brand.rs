//! The operator's logo: from BRAND_ASSETS, else from Chatwoot, asked for once and kept. Only what is a picture by its content is taken.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use axum::response::Response;
use bytes::{Bytes, BytesMut};
use chatwoot::Client;
use futures_util::StreamExt;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, HeaderMap};
use url::Url;

use super::stored::{Keep, Stored};
use crate::clock::Clock;
use crate::failure;

/// Largest picture, bytes.
const LARGEST: usize = 512 * 1024;
/// When a Chatwoot that could not be asked is asked again.
const AGAIN: Duration = Duration::from_secs(60);
/// A drawing is a document: opened by itself it may do nothing.
const DRAWING_POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// The two pictures of a brand, under the names they have in BRAND_ASSETS and in Chatwoot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The whole logo.
    Logo,
    /// The same for small places.
    Small,
}

impl Picture {
    const ALL: [Self; 2] = [Self::Logo, Self::Small];

    fn stem(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Small => "logo_thumbnail",
        }
    }

    /// Its address below the base path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Logo => "/brand/logo",
            Self::Small => "/brand/logo-small",
        }
    }
}

/// The pictures as far as they are known.
#[derive(Default)]
pub(super) struct Brand {
    logo: OnceLock<Stored>,
    small: OnceLock<Stored>,
}

impl Brand {
    /// The pictures of a folder.
    pub(super) fn of_folder(folder: &Path) -> Self {
        let brand = Self::default();
        for picture in Picture::ALL {
            let found = ["svg", "png"]
                .iter()
                .map(|extension| folder.join(format!("{}.{extension}", picture.stem())))
                .find(|path| path.is_file());
            let Some(path) = found else { continue };
            match read(&path) {
                Ok(stored) => brand.keep(picture, stored),
                Err(problem) => tracing::warn!("BRAND_ASSETS: {} {problem}", path.display()),
            }
        }
        if brand.logo.get().is_none() {
            tracing::warn!(
                "BRAND_ASSETS: {} has no logo.svg or logo.png that can be shown",
                folder.display()
            );
        }
        brand
    }

    /// Asks Chatwoot until it has answered, be it that there are none.
    pub(super) async fn fetch(&self, chatwoot: &Client, base: &Url, clock: &Clock) {
        for picture in Picture::ALL {
            while let Err(error) = self.fetch_one(chatwoot, base, picture).await {
                tracing::debug!(
                    cause = failure::chain(&error),
                    "the logo could not be asked for"
                );
                clock.sleep(AGAIN).await;
            }
        }
    }

    async fn fetch_one(
        &self,
        chatwoot: &Client,
        base: &Url,
        picture: Picture,
    ) -> Result<(), chatwoot::Error> {
        for extension in ["png", "svg"] {
            let mut url = base.clone();
            let below = url.path().trim_end_matches('/').to_owned();
            url.set_path(&format!(
                "{below}/brand-assets/{}.{extension}",
                picture.stem()
            ));
            match download(chatwoot, &url).await {
                Ok(bytes) => {
                    if let Some(stored) = bytes.and_then(picture_of) {
                        self.keep(picture, stored);
                        return Ok(());
                    }
                }
                // It answered: there is none, or none that is for us.
                Err(
                    chatwoot::Error::NotFound
                    | chatwoot::Error::Refused(_)
                    | chatwoot::Error::NotUnderstood(_),
                ) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn keep(&self, picture: Picture, stored: Stored) {
        // What is there stays: it is fetched once.
        _ = self.place(picture).set(stored);
    }

    fn place(&self, picture: Picture) -> &OnceLock<Stored> {
        match picture {
            Picture::Logo => &self.logo,
            Picture::Small => &self.small,
        }
    }

    /// The address of a picture below the base path, if it is known.
    pub(super) fn stored(&self, picture: Picture) -> Option<&Stored> {
        self.place(picture).get()
    }

    /// Whether it is one that every phone can show.
    pub(super) fn is_png(&self, picture: Picture) -> bool {
        self.stored(picture)
            .is_some_and(|stored| stored.content_type() == "image/png")
    }

    /// Its address below the base path, if it is known; changes with its content.
    pub(super) fn address(&self, picture: Picture) -> Option<String> {
        let stored = self.place(picture).get()?;
        Some(format!("{}?v={}", picture.path(), stored.tag()))
    }

    /// The picture, if it is known.
    pub(super) fn answer(&self, picture: Picture, request: &HeaderMap) -> Option<Response> {
        let stored = self.place(picture).get()?;
        let mut response = stored.answer(Keep::AWhile, request);
        if stored.content_type() == SVG {
            response
                .headers_mut()
                .insert(CONTENT_SECURITY_POLICY, DRAWING_POLICY);
        }
        Some(response)
    }
}

async fn download(chatwoot: &Client, url: &Url) -> Result<Option<Bytes>, chatwoot::Error> {
    let mut coming = chatwoot.download(url.as_str(), None).await?;
    let mut bytes = BytesMut::new();
    while let Some(part) = coming.bytes.next().await {
        bytes.extend_from_slice(&part?);
        if bytes.len() > LARGEST {
            tracing::warn!("Chatwoot's logo is larger than {LARGEST} bytes and is not shown");
            return Ok(None);
        }
    }
    Ok(Some(bytes.freeze()))
}

fn read(path: &Path) -> Result<Stored, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| format!("cannot be read: {error}"))?
        .len();
    if usize::try_from(size).is_ok_and(|size| size > LARGEST) {
        return Err(format!("is larger than {LARGEST} bytes"));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    picture_of(Bytes::from(bytes)).ok_or_else(|| "is no picture".to_owned())
}

const SVG: &str = "image/svg+xml";

/// A file, if it is a picture by its content.
fn picture_of(bytes: Bytes) -> Option<Stored> {
    let kind = match infer::get(&bytes).map(|kind| kind.mime_type()) {
        Some("image/png") => "image/png",
        Some("image/jpeg") => "image/jpeg",
        Some("image/webp") => "image/webp",
        Some("image/gif") => "image/gif",
        _ if is_drawing(&bytes) => SVG,
        _ => return None,
    };
    Some(Stored::new(kind, bytes, None))
}

/// Whether it is an SVG document: its first element says so.
fn is_drawing(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // What may come before: declaration, comments, document type.
    while let Some(end) = ["<?", "<!--", "<!"]
        .iter()
        .zip(["?>", "-->", ">"])
        .find_map(|(begin, end)| rest.starts_with(begin).then_some(end))
    {
        let Some((_, after)) = rest.split_once(end) else {
            return false;
        };
        rest = after.trim_start();
    }
    rest.strip_prefix("<svg")
        .is_some_and(|after| after.starts_with(|next: char| next.is_whitespace() || next == '>'))
}

#[cfg(test)]
mod tests;
