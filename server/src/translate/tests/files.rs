//! Names and kinds of files.

use app::tickets::model::FileKind;
use chatwoot::Attachment;

use super::*;

pub(super) fn file(name: &str, content_type: &str) -> Attachment {
    serde_json::from_value(json!({ "id": 3, "file_type": "file", "content_type": content_type, "file_size": 12,
        "data_url": format!("https://chat.example/rails/active_storage/blobs/redirect/abc--def/{name}"), "thumb_url": "" })).unwrap()
}

#[test]
fn files_are_named_by_the_end_of_their_address_and_kept_apart_by_content() {
    let table = [
        ("shot.png", "image/png", "shot.png", FileKind::Image),
        (
            "a%20b%C3%A4.pdf?disposition=inline",
            "application/pdf",
            "a bä.pdf",
            FileKind::Pdf,
        ),
        ("x.svg", "image/svg+xml", "x.svg", FileKind::Other),
        ("x.html", "text/html", "x.html", FileKind::Other),
        (
            "%2e%2e%2fetc%2fpasswd",
            "text/plain",
            "passwd",
            FileKind::Other,
        ),
        (
            "a%0D%0Ab%E2%80%AEgpj.exe",
            "application/octet-stream",
            "abgpj.exe",
            FileKind::Other,
        ),
        ("", "audio/mpeg", "file", FileKind::Audio),
        (
            "film.mp4",
            "video/mp4; codecs=x",
            "film.mp4",
            FileKind::Video,
        ),
    ];
    for (in_url, content_type, name, kind) in table {
        let it = read(&chatwoot::Message {
            content: None,
            attachments: vec![file(in_url, content_type)],
            ..text("")
        });
        let file = &it.files[0].file;
        assert_eq!(
            (file.name.as_str(), file.kind, file.size),
            (name, kind, 12),
            "{in_url}"
        );
        assert_eq!((it.kind, it.preview.as_str()), (MessageKind::Text, name));
    }
}

#[test]
fn a_long_name_keeps_its_ending() {
    let name = safe_name(&format!("{}.jpeg", "ä".repeat(300)));
    assert_eq!(name.chars().count(), 120);
    assert!(name.ends_with("ä.jpeg"));
    for odd in ["", ".", "..", "...", "/", "\\", " ", "\u{202E}"] {
        assert_eq!(safe_name(odd), "file", "{odd:?}");
    }
}
