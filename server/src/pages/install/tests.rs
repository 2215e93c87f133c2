use std::collections::HashMap;

use super::*;

const BUILT: &str = include_str!("../../../../public/manifest.webmanifest");

fn built() -> Stored {
    Stored::new("application/manifest+json", BUILT.into(), None)
}

fn read(manifest: &Stored) -> Value {
    serde_json::from_slice(manifest.plain()).unwrap()
}

fn addresses(manifest: &Value) -> Vec<&str> {
    let icons = manifest["icons"].as_array().unwrap();
    icons
        .iter()
        .map(|icon| icon["src"].as_str().unwrap())
        .collect()
}

/// A PNG as far as anybody looks here.
fn png(side: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(side.to_be_bytes());
    bytes.extend(side.to_be_bytes());
    bytes
}

fn brand_with(name: &str, bytes: &[u8]) -> Brand {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    Brand::of_folder(folder.path())
}

#[test]
fn the_manifest_is_the_operators_in_name_and_colour() {
    let plain = read(&manifest(
        &built(),
        "Acme \"Support\"",
        None,
        &Brand::default(),
    ));
    assert_eq!(plain["name"], "Acme \"Support\"");
    assert_eq!(plain["start_url"], "tickets");
    assert_eq!(plain["theme_color"], DRAWN_IN);
    assert_eq!(addresses(&plain).len(), 4);
    let red = Colour {
        hue: 29,
        strength: 100,
    };
    let red = read(&manifest(&built(), "Acme", Some(red), &Brand::default()));
    assert_ne!(red["theme_color"], DRAWN_IN);
    assert_eq!(
        addresses(&red),
        ["favicon.svg"],
        "no icon in another colour"
    );
}

#[test]
fn a_brands_own_picture_is_the_icon_where_it_is_large_enough() {
    for (name, bytes, alone) in [
        ("logo_thumbnail.png", png(512), true),
        ("logo_thumbnail.png", png(32), false),
        ("logo_thumbnail.svg", b"<svg></svg>".to_vec(), true),
        ("logo.svg", b"<svg></svg>".to_vec(), false),
    ] {
        let said = read(&manifest(&built(), "Acme", None, &brand_with(name, &bytes)));
        let all = addresses(&said);
        assert!(all[0].starts_with("brand/logo"), "{name}: {all:?}");
        assert_eq!(all.len() == 1, alone, "{name}: {all:?}");
    }
}

#[test]
fn the_icon_has_the_brands_colour_and_the_worker_the_bundles_version() {
    let drawing = Stored::new("image/svg+xml", "<rect fill=\"#2d55b4\"/>".into(), None);
    let worker = Stored::new("text/javascript", "\"offline-__VERSION__\"".into(), None);
    let mut built = Built {
        page: String::new(),
        version: "v7".to_owned(),
        parts: HashMap::new(),
        files: HashMap::from([(ICON.to_owned(), drawing), (WORKER.to_owned(), worker)]),
    };
    let grey = Colour {
        hue: 264,
        strength: 0,
    };
    dress(&mut built, Some(grey));
    assert_eq!(
        built.files[ICON].plain(),
        format!("<rect fill=\"{}\"/>", colour::of(264, 0)).as_bytes()
    );
    assert_eq!(built.files[WORKER].plain(), b"\"offline-v7\"");
}

#[test]
fn a_head_that_is_cut_off_has_no_size() {
    assert_eq!(size_of_png(&png(64)), Some((64, 64)));
    for length in 0..24 {
        assert_eq!(size_of_png(&png(64)[..length]), None, "{length}");
    }
}
