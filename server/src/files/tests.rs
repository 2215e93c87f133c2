//! Names, types and numbers of files, and what a browser is told of them.

use app::tickets::model::FileKind;
use bytes::Bytes;
use chatwoot::Download;
use futures_util::StreamExt;
use http::header;

use super::{answer, file_name, name, number};
use crate::store::messages::FileName;

#[test]
fn a_name_is_one_name_in_the_header_whatever_is_in_it() {
    let table = [
        (
            "shot.png",
            "filename=\"shot.png\"; filename*=UTF-8''shot.png",
        ),
        (
            "a\"; x=\".exe",
            "filename=\"a__ x__.exe\"; filename*=UTF-8''a%22%3B%20x%3D%22.exe",
        ),
        (
            "Größe 1%.pdf",
            "filename=\"Gr__e 1_.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201%25.pdf",
        ),
        (
            "a\r\nSet-Cookie: x",
            "filename=\"a__Set-Cookie_ x\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x",
        ),
    ];
    for (given, expected) in table {
        assert_eq!(
            name::disposition(false, given),
            format!("attachment; {expected}")
        );
    }
    assert!(name::disposition(true, "x").starts_with("inline; "));
}

#[test]
fn only_pictures_pdf_audio_and_video_are_shown_and_by_content() {
    let table: [(&[u8], Option<FileKind>); 8] = [
        (b"\x89PNG\r\n\x1a\n", Some(FileKind::Image)),
        (b"\xff\xd8\xff\xe0", Some(FileKind::Image)),
        (b"%PDF-1.7\n", Some(FileKind::Pdf)),
        (b"ID3\x03", Some(FileKind::Audio)),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            None,
        ),
        (b"<!DOCTYPE html><script>alert(1)</script>", None),
        (b"MZ\x90\0", None),
        (b"", None),
    ];
    for (head, kind) in table {
        assert_eq!(
            answer::shown_type(head).map(|(_, kind)| kind),
            kind,
            "{head:?}"
        );
    }
}

#[test]
fn a_file_that_is_not_shown_is_saved_and_sandboxed() {
    let download = |bytes: &'static [u8]| Download {
        status: 200,
        content_type: Some("text/html".into()),
        length: Some(4),
        content_range: None,
        bytes: futures_util::stream::once(async move { Ok(Bytes::from_static(bytes)) }).boxed(),
    };
    let html: &[u8] = b"<html><script>";
    let response = answer::with(download(html), html, "x.html", false);
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
    assert!(
        headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment; ")
    );
    assert!(
        headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .starts_with("sandbox; default-src 'none'")
    );
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let png: &[u8] = b"\x89PNG\r\n\x1a\n";
    let shown = answer::with(download(png), png, "x.png", false);
    assert_eq!(shown.headers()[header::CONTENT_TYPE], "image/png");
    assert!(
        shown.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("inline; ")
    );
    let saved = answer::with(download(png), png, "x.png", true);
    assert!(
        saved.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment; ")
    );
}

#[test]
fn a_number_is_written_in_one_way() {
    assert_eq!(number("66"), Some(66));
    for odd in [
        "",
        "0",
        "066",
        "66abc",
        "+66",
        "-1",
        "６６",
        "99999999999",
        "../1",
    ] {
        assert_eq!(number(odd), None, "{odd}");
    }
}

#[test]
fn a_picture_within_a_text_is_named_in_one_way() {
    assert_eq!(file_name("66"), Some(FileName::Attached(66)));
    assert_eq!(file_name("66-0"), Some(FileName::Inline(66, 0)));
    assert_eq!(file_name("66-63"), Some(FileName::Inline(66, 63)));
    for odd in [
        "66-", "-1", "66-64", "66-00", "66-01", "0-0", "66-1-1", "66--1", "a-1",
    ] {
        assert_eq!(file_name(odd), None, "{odd}");
    }
}
