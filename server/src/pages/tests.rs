use app::session::model::{LanguageChoice, PortalConfig};
use app::tickets::find::Find;
use axum::body::to_bytes;
use http::header::{CONTENT_TYPE, HeaderName};

use super::*;
use crate::languages::Languages;

const PAGE: &str = "<html lang=\"__LANG__\" dir=\"__DIR__\" data-theme=\"__THEME__\"><meta content=\"/__BASE__/\"><!--__HEAD__-->\
                    <link href=\"/__BASE__/assets/style-1.css\"><!--__DATA__--><script type=\"module\">import '/__BASE__/a.js'</script><p>__FAILED__ __AGAIN__ __NO_SCRIPT__</p></html>";

fn config(more: &[(&str, &str)]) -> Config {
    let said = |name: &str| {
        let usual = [
            ("PORTAL_URL", "https://support.example.com/help"),
            ("SESSION_SECRET", "0123456789abcdef0123456789abcdef"),
            ("CHATWOOT_API_TOKEN", "token"),
            ("CHATWOOT_INBOX_ID", "1"),
            ("SMTP_ADDRESS", "localhost"),
            ("SMTP_FROM", "support@example.com"),
        ];
        let mut all = more.iter().chain(&usual);
        all.find(|(it, _)| *it == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Config::read(&said).unwrap()
}

fn pages(more: &[(&str, &str)]) -> Pages {
    let built = Built {
        page: PAGE.to_owned(),
        version: "v1".to_owned(),
        parts: HashMap::from([
            ("list".to_owned(), vec!["assets/list-1.wasm".to_owned()]),
            (
                "desk".to_owned(),
                vec![
                    "assets/desk-1.wasm".to_owned(),
                    "assets/list-1.wasm".to_owned(),
                ],
            ),
        ]),
        files: HashMap::from([
            (
                "assets/style-1.css".to_owned(),
                Stored::new("text/css", "a{}".into(), None),
            ),
            (
                "public/favicon.svg".to_owned(),
                Stored::new("image/svg+xml", "<svg/>".into(), None),
            ),
        ]),
    };
    Pages::of(built, &config(more))
}

fn view(brand_name: &str) -> FirstView {
    FirstView {
        config: PortalConfig {
            brand_name: brand_name.to_owned(),
            logo: None,
            languages: Vec::<LanguageChoice>::new(),
            language: "en".to_owned(),
            subject_limit: 200,
            message_limit: 20_000,
            files: crate::uploads::Settings::default().limits,
            asks_priority: false,
            link_minutes: 15,
            version: "v1".to_owned(),
        },
        session: None,
        tickets: None,
    }
}

async fn shown(pages: &Pages, theme: Option<&str>, first_view: Option<&FirstView>) -> String {
    shown_with(pages, theme, &[], first_view).await
}

async fn shown_with(
    pages: &Pages,
    theme: Option<&str>,
    parts: &[Part],
    first_view: Option<&FirstView>,
) -> String {
    let languages = Languages::new(None, "en".to_owned(), Clock::still(0));
    let response = pages.shell(&Shell {
        status: StatusCode::OK,
        language: &languages.of("es"),
        theme,
        parts,
        first_view,
        screen: &Screen::NotFound,
        find: &Find::default(),
        opens_at_its_end: true,
        ticket: None,
    });
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    assert_eq!(response.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_page_comes_in_the_visitors_language_and_look() {
    let pages = pages(&[]);
    for (cookie, theme) in [
        (Some("dark"), "dark"),
        (Some("light"), "light"),
        (Some("\"><script>"), "system"),
        (None, "system"),
    ] {
        let page = shown(&pages, cookie, None).await;
        let begin = format!(
            "<html lang=\"es\" dir=\"ltr\" data-theme=\"{theme}\"><meta content=\"/help/\"><title>"
        );
        assert!(page.starts_with(&begin), "{page}");
        assert!(page.contains("href=\"/help/locales/es.ftl?v="), "{page}");
        assert!(page.contains("href=\"/help/assets/style-1.css\""), "{page}");
        assert!(
            page.contains("<link rel=\"icon\" href=\"/help/favicon.svg\">"),
            "{page}"
        );
        assert!(!page.contains("__"), "{page}");
    }
}

#[tokio::test]
async fn what_it_says_without_the_app_is_in_the_visitors_language() {
    let languages = Languages::new(None, "en".to_owned(), Clock::still(0));
    let page = shown(&pages(&[]), None, None).await;
    for id in ["page-failed", "page-load-again", "page-needs-script"] {
        let spanish = languages.of("es");
        let words = spanish.texts.get(id);
        assert!(words != id && page.contains(words), "{id}: {page}");
    }
}

#[tokio::test]
async fn nothing_that_a_person_wrote_can_end_its_place() {
    let evil = "</script><script>alert(1)</script><!--__HEAD__-->&\"'";
    let pages = pages(&[("BRAND_NAME", "</title><b>&")]);
    let view = view(evil);
    let page = shown(&pages, None, Some(&view)).await;
    assert!(
        page.contains("<title>&lt;/title&gt;&lt;b&gt;&amp;</title>"),
        "{page}"
    );
    assert!(!page.contains("alert(1)<"), "{page}");
    let begin = "<script type=\"application/json\" id=\"first-view\">";
    let (_, data) = page.split_once(begin).unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    assert_eq!(serde_json::from_str::<FirstView>(data).unwrap(), view);
}

#[tokio::test]
async fn the_brands_hue_is_a_style_that_the_policy_names() {
    let pages = pages(&[("BRAND_COLOR", "#ff0000")]);
    let page = shown(&pages, None, None).await;
    assert!(
        page.contains("<style>:root{--brand-hue:29;--brand-chroma:1}</style>"),
        "{page}"
    );
    let hash = policy::policy("", Some(":root{--brand-hue:29;--brand-chroma:1}"));
    let hash = hash
        .to_str()
        .unwrap()
        .split_once("style-src 'self' ")
        .unwrap()
        .1;
    let (hash, _) = hash.split_once(';').unwrap();
    assert!(pages.policy().to_str().unwrap().contains(hash), "{hash}");
    assert!(
        !super::tests::pages(&[])
            .policy()
            .to_str()
            .unwrap()
            .contains("style-src 'self' '")
    );
}

#[test]
fn a7_the_policy_names_the_script_as_it_is_served() {
    let with_base = policy::policy("<script type=\"module\">import '/help/a.js'</script>", None);
    assert_eq!(pages(&[]).policy(), with_base);
}

#[test]
fn built_files_are_kept_for_ever_and_named_ones_for_a_while() {
    let pages = pages(&[]);
    let none = HeaderMap::new();
    let asset = pages.file("assets/style-1.css", &none).unwrap();
    assert_eq!(
        asset.headers()[CACHE_CONTROL],
        "public, max-age=31536000, immutable"
    );
    let icon = pages.file("public/favicon.svg", &none).unwrap();
    assert_eq!(icon.headers()[CACHE_CONTROL], "public, max-age=3600");
    assert_eq!(
        icon.headers()[HeaderName::from_static("content-type")],
        "image/svg+xml"
    );
    for other in [
        "assets/../index.html",
        "index.html",
        "assets/",
        "",
        "public/../assets/style-1.css",
    ] {
        assert!(pages.file(other, &none).is_none(), "{other}");
    }
}

#[test]
fn what_was_built_has_every_place() {
    let built = Built::read();
    for place in [
        "/__BASE__/",
        "__LANG__",
        "__DIR__",
        "__THEME__",
        "<!--__HEAD__-->",
        "<!--__DATA__-->",
    ] {
        assert!(built.page.contains(place), "{place}");
    }
    assert!(!built.version.is_empty());
}

#[tokio::test]
async fn the_browser_fetches_each_file_of_the_parts_it_waits_for_early_and_once() {
    let pages = pages(&[]);
    let early = |file: &str| {
        format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/help/assets/{file}\">")
    };
    let without = shown(&pages, None, None).await;
    assert!(!without.contains(".wasm"), "{without}");
    let with = shown_with(&pages, None, &Part::ALL, None).await;
    for file in ["list-1.wasm", "desk-1.wasm"] {
        assert_eq!(with.matches(&early(file)).count(), 1, "{with}");
    }
}
