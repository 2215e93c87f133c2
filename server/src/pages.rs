//! What a browser is served: the page that starts the app, stamped for its visitor, the built files, and the operator's logo.

mod assets;
mod brand;
mod first_paint;
mod install;
mod policy;
mod routes;
mod shell;
pub mod stored;
mod visitor;

use std::cmp::Reverse;
use std::collections::HashMap;

use app::first_view::{ELEMENT, FirstView, TICKET};
use app::part::Part;
use app::screen::Screen;
use app::tickets::find::Find;
use app::tickets::model::TicketView;
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, HeaderMap};
use http::{HeaderValue, StatusCode};

use crate::clock::Clock;
use crate::config::{Colour, Config};
use crate::languages::Language;
use assets::Built;
use brand::Brand;
use first_paint::FirstPaint;
use shell::{Filling, Template, escape};
use stored::{Keep, Stored};

pub use brand::Picture;
pub(crate) use policy::hash;
pub use routes::{
    asset, file_or_shell, logo, nothing, offline, say_what_is_missing, say_what_is_not_done, shell,
    small_logo, texts, to_base,
};

/// What a browser is served.
pub struct Pages {
    base: String,
    title: String,
    colour: Option<Colour>,
    template: Template,
    stylesheet: String,
    policy: HeaderValue,
    version: String,
    style: Option<String>,
    parts: HashMap<String, Vec<String>>,
    files: HashMap<String, Stored>,
    brand: Brand,
    fetches_brand: bool,
}

/// A page for one visitor.
pub struct Shell<'a> {
    /// Its status: 404 for an address that is none of ours.
    pub status: StatusCode,
    /// The language it begins in.
    pub language: &'a Language,
    /// What the cookie `app::first_view::THEME_COOKIE` says.
    pub theme: Option<&'a str>,
    /// The parts of the app that it waits for.
    pub parts: &'a [Part],
    /// What the first view needs; without it the app says that it cannot start.
    pub first_view: Option<&'a FirstView>,
    /// What is shown of it.
    pub screen: &'a Screen,
    /// What the list in it was asked for.
    pub find: &'a Find,
    /// A ticket opens at its end, and not at one of its messages.
    pub opens_at_its_end: bool,
    /// The ticket that the address names.
    pub ticket: Option<&'a TicketView>,
}

impl Pages {
    /// Reads what was built, once, for this configuration.
    pub fn new(config: &Config) -> Self {
        Self::of(Built::read(), config)
    }

    fn of(mut built: Built, config: &Config) -> Self {
        let base = config.portal.base().to_owned();
        let page = shell::at_base(&built.page, &base);
        install::dress(&mut built, config.brand.colour);
        let style = config.brand.colour.map(|Colour { hue, strength }| {
            let chroma = f64::from(strength) / 100.0;
            format!(":root{{--brand-hue:{hue};--brand-chroma:{chroma}}}")
        });
        let brand = match &config.brand.assets {
            Some(folder) => Brand::of_folder(folder),
            None => Brand::default(),
        };
        Self {
            base,
            title: config.brand.name.clone(),
            colour: config.brand.colour,
            policy: policy::policy(&page, style.as_deref()),
            template: Template::new(&page),
            stylesheet: shell::stylesheet(&page).to_owned(),
            version: built.version,
            style,
            parts: built.parts,
            files: built.files,
            brand,
            fetches_brand: config.brand.assets.is_none(),
        }
    }

    /// The content security policy of every answer that has none of its own.
    pub fn policy(&self) -> &HeaderValue {
        &self.policy
    }

    /// Changes with every bundle.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Address of the logo below the base path, as far as it is known: the small one, since the name stands beside it.
    pub fn logo(&self) -> Option<String> {
        let address = |picture| self.brand.address(picture);
        address(Picture::Small).or_else(|| address(Picture::Logo))
    }

    /// Asks Chatwoot for its logo, if the operator gave none. Ends when Chatwoot has answered.
    pub async fn fetch_brand(&self, chatwoot: &chatwoot::Client, config: &Config, clock: &Clock) {
        if self.fetches_brand {
            self.brand
                .fetch(chatwoot, &config.chatwoot.url, clock)
                .await;
        }
    }

    /// The page for a visitor.
    pub fn shell(&self, shell: &Shell<'_>) -> Response {
        let theme = match shell.theme {
            Some("light") => "light",
            Some("dark") => "dark",
            _ => "system",
        };
        let page = self.template.fill(&Filling {
            language: &shell.language.tag,
            direction: &shell.language.direction,
            theme,
            texts: &shell.language.texts,
            head: &self.head(shell.language, shell.parts),
            data: &[
                shell.first_view.map(|it| shell::data_block(ELEMENT, it)),
                shell.ticket.map(|it| shell::data_block(TICKET, it)),
            ]
            .into_iter()
            .flatten()
            .collect::<String>(),
            first_paint: &self.first_paint(shell),
        });
        // It holds what only this visitor may see.
        let headers = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        (shell.status, headers, Html(page)).into_response()
    }

    /// What the app will show first, where that is known.
    fn first_paint(&self, shell: &Shell<'_>) -> String {
        let Some(view) = shell.first_view else {
            return String::new();
        };
        let (Some(session), Some(list)) = (&view.session, &view.tickets) else {
            return String::new();
        };
        let paint = FirstPaint {
            style: &self.stylesheet,
            direction: &shell.language.direction,
            texts: &shell.language.texts,
            base: &self.base,
            brand_name: &view.config.brand_name,
            logo: view.config.logo.as_deref(),
            session,
            screen: shell.screen,
            find: shell.find,
            list,
            ticket: shell.ticket.filter(|_| shell.opens_at_its_end),
        };
        paint.html()
    }

    fn head(&self, language: &Language, parts: &[Part]) -> String {
        let base = &self.base;
        let mut head = format!("<title>{}</title>", escape(&self.title));
        let texts = app::paths::texts(&language.tag, &language.version);
        let mut fetch_early = |path: &str| {
            head.push_str(&format!(
                "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{base}{}\">",
                escape(path)
            ));
        };
        fetch_early(&texts);
        let mut files: Vec<&String> = Vec::new();
        for part in parts {
            files.extend(self.parts.get(part.name()).into_iter().flatten());
        }
        // Parts share files. The largest come first: a browser that has few connections to us begins with those.
        let size = |file: &String| self.files.get(file).map_or(0, |file| file.plain().len());
        files.sort_unstable_by_key(|file| (Reverse(size(file)), *file));
        files.dedup();
        for file in files {
            fetch_early(&format!("/{file}"));
        }
        if let Some(style) = &self.style {
            head.push_str(&format!("<style>{style}</style>"));
        }
        let icon = self.brand.address(Picture::Small);
        if let Some(icon) = icon.or_else(|| self.public("favicon.svg")) {
            head.push_str(&format!(
                "<link rel=\"icon\" href=\"{base}{}\">",
                escape(&icon)
            ));
        }
        if let Some(icon) = self.public("apple-touch-icon.png") {
            let own = self.brand.address(Picture::Small);
            let icon = own
                .filter(|_| self.brand.is_png(Picture::Small))
                .unwrap_or(icon);
            head.push_str(&format!(
                "<link rel=\"apple-touch-icon\" href=\"{base}{}\">",
                escape(&icon)
            ));
        }
        if let Some(manifest) = self.public("manifest.webmanifest") {
            head.push_str(&format!(
                "<link rel=\"manifest\" href=\"{base}{manifest}\">"
            ));
        }
        head
    }

    fn public(&self, name: &str) -> Option<String> {
        self.files
            .contains_key(&format!("public/{name}"))
            .then(|| format!("/{name}"))
    }

    /// A file that the bundle has under this path (`assets/…`, `public/…`).
    pub fn file(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let keep = if path.starts_with("assets/") {
            Keep::ForEver
        } else {
            Keep::AWhile
        };
        let file = self.files.get(path)?;
        if path == install::MANIFEST {
            let manifest = install::manifest(file, &self.title, self.colour, &self.brand);
            return Some(manifest.answer(keep, request));
        }
        Some(file.answer(keep, request))
    }

    /// A picture of the brand.
    pub fn picture(&self, picture: Picture, request: &HeaderMap) -> Option<Response> {
        self.brand.answer(picture, request)
    }
}

#[cfg(test)]
mod tests;
