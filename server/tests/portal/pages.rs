//! The page that every address gets: in the visitor's language and look, with what he may see and nothing else.

use http::{Method, header};
use serde_json::{Value, json};

use crate::support::{Answer, Stage};

const KEY: &str = "11111111-2222-4333-8444-555555555555";

/// What the server put into a page.
fn first_view(page: &Answer) -> Value {
    data(page, "first-view").unwrap()
}

fn data(page: &Answer, id: &str) -> Option<Value> {
    let begin = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, data) = page.body.split_once(&begin)?;
    let (data, _) = data.split_once("</script>")?;
    serde_json::from_str(data).ok()
}

#[tokio::test]
async fn who_is_not_signed_in_gets_the_page_and_no_tickets() {
    let stage = Stage::set_up().await;
    for (path, status) in [
        ("/portal", 200),
        ("/portal/", 200),
        ("/portal/tickets", 200),
        ("/portal/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489", 200),
        ("/portal/sign-in", 200),
        ("/portal/sign-in/link", 200),
        ("/portal/nowhere", 404),
        ("/portal/tickets/1042", 200),
        ("/portal/tickets/../../etc/passwd", 404),
    ] {
        let page = stage.browser().get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        let view = first_view(&page);
        assert_eq!(view["session"], Value::Null, "{path}");
        assert_eq!(view["tickets"], Value::Null, "{path}");
        assert_eq!(data(&page, "first-ticket"), None, "{path}");
        assert_eq!(view["config"]["brand_name"], "Acme Support", "{path}");
    }
}

#[tokio::test]
async fn the_first_view_waits_for_no_call() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let evil = "</script><script>alert(1)</script>";
    let new = json!({ "new": { "key": KEY, "subject": "Printer", "message": evil } });
    let id = ada.call("tickets/open", &new).await.json();
    let id = id.as_str().unwrap();
    stage.state().tickets.idle().await;

    let list = ada.get("/portal/tickets").await;
    let view = first_view(&list);
    assert_eq!(view["session"]["address"], "ada@example.com");
    assert_eq!(view["tickets"]["rows"][0]["subject"], "Printer");
    assert_eq!(data(&list, "first-ticket"), None);
    let ticket = ada.get(&format!("/portal/tickets/{id}")).await;
    assert_eq!(ticket.status, 200);
    assert!(!ticket.body.contains("alert(1)<"), "{}", ticket.body);
    assert_eq!(first_view(&ticket)["tickets"]["total"], 1);
    let first = data(&ticket, "first-ticket").unwrap();
    assert_eq!(first["row"]["id"], id);
    // It is what a call would answer.
    let shown = ada
        .call(
            "tickets/show",
            &json!({ "ticket": id, "earlier": null, "known": null }),
        )
        .await;
    assert_eq!(first, shown.json()["changed"]);
}

#[tokio::test]
async fn the_end_of_a_long_ticket_comes_with_the_page_and_is_no_version_of_it() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let new = json!({ "new": { "key": KEY, "subject": "Printer", "message": "Hello" } });
    let id = ada.call("tickets/open", &new).await.json();
    let id = id.as_str().unwrap();
    stage.state().tickets.idle().await;
    let number = stage.fake.conversations().last().unwrap().id;
    for n in 0..40 {
        let answer = format!("Answer {n}");
        stage.fake.agent_replies(number, &answer).unwrap();
    }
    let address = format!("/portal/tickets/{id}");
    ada.get(&address).await;
    stage.rests().await;

    let page = ada.get(&address).await;
    let first = data(&page, "first-ticket").unwrap();
    let show = |earlier: &Value, known: &Value| json!({ "ticket": id, "earlier": earlier, "known": known });
    // Whoever has it gets the whole.
    let whole = show(&Value::Null, &first["version"]);
    let whole = ada.call("tickets/show", &whole).await.json();
    let all = whole["changed"]["entries"].as_array().unwrap();
    let newest = first["entries"].as_array().unwrap();
    assert_eq!((all.len(), newest.len()), (41, 25));
    assert_eq!(newest[..], all[16..]);
    // And the way back begins where it ends.
    let earlier = show(&first["earlier"], &Value::Null);
    let earlier = ada.call("tickets/show", &earlier).await.json();
    let earlier = earlier["changed"]["entries"].as_array().unwrap();
    assert_eq!(earlier[..], all[..16]);
}

#[tokio::test]
async fn the_language_is_the_chosen_one_then_the_customers_then_the_browsers() {
    let stage = Stage::set_up().await;
    let mut ada = stage.signed_in("ada@example.com").await;
    let language = async |browser: &mut crate::support::Browser, accept: &str| {
        let request = browser
            .request(Method::GET, "/portal")
            .header(header::ACCEPT_LANGUAGE, accept);
        let page = browser
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        let view = first_view(&page);
        let tag = view["config"]["language"].as_str().unwrap().to_owned();
        assert!(
            page.body.contains(&format!("<html lang=\"{tag}\"")),
            "{}",
            page.body
        );
        tag
    };
    assert_eq!(
        language(&mut stage.browser(), "es-MX, en;q=0.5").await,
        "es"
    );
    assert_eq!(language(&mut stage.browser(), "qaa").await, "en");
    assert_eq!(
        ada.call("session/language", &json!({ "language": "es" }))
            .await
            .status,
        200
    );
    assert_eq!(language(&mut ada, "en").await, "es");
    ada.cookies.retain(|name, _| name.contains("session"));
    assert_eq!(language(&mut ada, "en").await, "es");
}

#[tokio::test]
async fn the_texts_that_the_page_names_are_kept_for_ever() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    let page = browser.get("/portal").await;
    let (_, after) = page
        .body
        .split_once("as=\"fetch\" crossorigin href=\"/portal/locales/")
        .unwrap();
    let (named, _) = after.split_once('"').unwrap();
    let texts = browser.get(&format!("/portal/locales/{named}")).await;
    assert_eq!(texts.status, 200);
    assert!(texts.body.contains("language-name = English"));
    assert_eq!(
        texts.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(texts.header("content-type"), "text/plain; charset=utf-8");
}

#[tokio::test]
async fn the_look_is_that_of_the_cookie() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    for (cookie, theme) in [("dark", "dark"), ("light", "light"), ("\"onload", "system")] {
        browser
            .cookies
            .insert("portal_theme".to_owned(), cookie.to_owned());
        let page = browser.get("/portal").await;
        assert!(
            page.body.contains(&format!("data-theme=\"{theme}\"")),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn chatwoots_logo_is_shown_by_us() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    stage
        .until(|| {
            let known = stage.state().pages.logo().is_some();
            async move { known }
        })
        .await;
    let view = first_view(&browser.get("/portal").await);
    let logo = view["config"]["logo"].as_str().unwrap();
    let picture = browser.get(&format!("/portal{logo}")).await;
    assert_eq!(picture.status, 200);
    assert!(picture.header("content-type").starts_with("image/"));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn the_root_leads_to_the_portal_and_pages_are_only_read() {
    let stage = Stage::set_up().await;
    let mut browser = stage.browser();
    let root = browser.get("/").await;
    assert_eq!((root.status, root.header("location")), (307, "/portal/"));
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let request = browser.request(method.clone(), "/portal/tickets");
        let answer = browser
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        assert_eq!(answer.status, 405, "{method}");
    }
}

#[tokio::test]
async fn whoever_opens_an_address_with_nothing_behind_it_is_told_so_in_our_own_words() {
    let stage = Stage::set_up().await;
    for path in [
        "/",
        "/nope",
        "/%ff",
        "/portalx",
        "/portal/nowhere",
        "/portal/%ff",
        "/portal/assets/x",
        "/portal/assets/%ff",
        "/portal/assets/a/b",
        "/portal/locales/%ff",
        "/portal/locales/xx.ftl?v=%ff&v",
        "/portal/files/%ff/%ff",
        "/portal/files/a",
        "/portal/api",
        "/portal/api/nope",
        "/portal/api/%ff",
        "/portal/logo/%ff",
        "/portal/tickets/%ff",
        "/portal/healthz/x",
        "/healthz/x",
    ] {
        let below = path.starts_with("/portal/");
        let mut browser = stage.browser();
        for accept in ["*/*", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"] {
            let request = browser
                .request(Method::GET, path)
                .header(header::ACCEPT, accept);
            let request = request.body(axum::body::Body::empty()).unwrap();
            let answer = browser.send(request).await;
            let body = &answer.body;
            let (is_page, is_error) = (body.starts_with("<!"), body.starts_with(['"', '{']));
            let ours = body.is_empty() || is_page || is_error;
            let plain = body.starts_with("There is nothing at this address.");
            assert!(ours || plain, "{path} {accept}: {answer:?}");
            if accept == "*/*" || path == "/" || path.starts_with("/portal/files/%") {
                continue;
            }
            let is_tickets = path.starts_with("/portal/tickets/");
            let status = if is_tickets { 200 } else { 404 };
            assert_eq!(answer.status, status, "{path}");
            assert_eq!((is_page, plain), (below, !below), "{path}");
        }
    }
}
