use fake_chatwoot::{FakeChatwoot, Options, Weather};
use http::StatusCode;

use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn kind(bytes: &'static [u8]) -> Option<&'static str> {
    picture_of(Bytes::from_static(bytes)).map(|stored| stored.content_type())
}

#[test]
fn a8_a_picture_is_told_by_its_content() {
    for (bytes, is) in [
        (PNG, Some("image/png")),
        (b"\xff\xd8\xff\xe0\0\0", Some("image/jpeg")),
        (b"<svg xmlns='x'></svg>", Some(SVG)),
        (
            b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- made -->\n<!DOCTYPE svg>\n<svg>",
            Some(SVG),
        ),
        (b"<svgx>", None),
        (b"<!doctype html><html><svg></svg>", None),
        (b"<html>", None),
        (b"<!-- never ends", None),
        (b"%PDF-1.7", None),
        (b"", None),
        (b"\xff\xfe", None),
    ] {
        assert_eq!(kind(bytes), is, "{bytes:?}");
    }
}

#[test]
fn a_drawing_may_do_nothing() {
    let brand = Brand::default();
    assert!(brand.answer(Picture::Logo, &HeaderMap::new()).is_none());
    brand.keep(
        Picture::Logo,
        picture_of(Bytes::from_static(b"<svg></svg>")).unwrap(),
    );
    let answer = brand.answer(Picture::Logo, &HeaderMap::new()).unwrap();
    assert_eq!(answer.headers()[CONTENT_SECURITY_POLICY], DRAWING_POLICY);
}

#[test]
fn the_operators_folder_is_read_and_what_is_no_picture_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("logo.png"), PNG).unwrap();
    std::fs::write(folder.path().join("logo_thumbnail.svg"), "<html>").unwrap();
    let brand = Brand::of_folder(folder.path());
    assert!(
        brand
            .address(Picture::Logo)
            .unwrap()
            .starts_with("/brand/logo?v=")
    );
    assert_eq!(brand.address(Picture::Small), None);
    std::fs::write(folder.path().join("logo.png"), vec![0; LARGEST + 1]).unwrap();
    assert_eq!(Brand::of_folder(folder.path()).address(Picture::Logo), None);
}

fn client(url: &Url) -> Client {
    crate::startup::install_tls();
    Client::new(chatwoot::Settings {
        url: url.clone(),
        public_url: None,
        storage_hosts: Vec::new(),
        token: "token".to_owned().into(),
        account: chatwoot::AccountId::new(1).unwrap(),
        inbox: chatwoot::InboxId::new(1).unwrap(),
        limits: chatwoot::Limits::default(),
        http: chatwoot::build_http(None).unwrap(),
    })
    .unwrap()
}

#[tokio::test]
async fn chatwoots_logo_is_fetched_once_it_can_be() {
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    let url: Url = fake.url().parse().unwrap();
    let (brand, client, clock) = (Brand::default(), client(&url), Clock::still(0));
    fake.goes_away().await;
    let waiting = async {
        // The first try fails; then it comes back, and a minute passes.
        while brand.fetch_one(&client, &url, Picture::Logo).await.is_err() {
            fake.comes_back().await.unwrap();
        }
    };
    waiting.await;
    brand.fetch(&client, &url, &clock).await;
    for picture in [Picture::Logo, Picture::Small] {
        let answer = brand.answer(picture, &HeaderMap::new()).unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{picture:?}");
        assert!(brand.address(picture).unwrap().starts_with(picture.path()));
    }
}

#[tokio::test]
async fn a_chatwoot_that_answers_pages_has_no_logo() {
    let fake = FakeChatwoot::start(Options::default()).await.unwrap();
    fake.set_weather(Weather::Html);
    let url: Url = fake.url().parse().unwrap();
    let brand = Brand::default();
    brand.fetch(&client(&url), &url, &Clock::still(0)).await;
    assert_eq!(brand.address(Picture::Logo), None);
}
