//! Packing as the server relies on it: names by content, references that follow, a version that tells bundles apart.

use std::collections::BTreeMap;

use super::*;
use tempfile::TempDir;

const SCRIPT: &str = "import { now } from './snippets/app-77/inline0.js';\n\
                      new URL('app-0123456789abcdef_bg.wasm', import.meta.url);\n\
                      fetch(new URL(\"./split_desk.wasm\", import.meta.url));";

struct Built {
    sources: TempDir,
    packed: TempDir,
}

impl Built {
    fn new() -> Self {
        let built = Self {
            sources: tempfile::tempdir().unwrap(),
            packed: tempfile::tempdir().unwrap(),
        };
        let page = "<html lang=\"__LANG__\" dir=\"__DIR__\" data-theme=\"__THEME__\"><!--__HEAD__-->\
             <link rel=\"stylesheet\" href=\"/__BASE__/style.css\">\
             <link rel=\"modulepreload\" href=\"/__BASE__/app-0123456789abcdef.js\">\
             <!--__DATA__-->__FAILED__ __AGAIN__ __NO_SCRIPT__<script type=\"module\">import init from '/__BASE__/app-0123456789abcdef.js';\
             init('/__BASE__/app-0123456789abcdef_bg.wasm')</script>";
        built.put("dist/index.html", page.as_bytes());
        built.put("dist/app-0123456789abcdef.js", SCRIPT.as_bytes());
        built.put("dist/app-0123456789abcdef_bg.wasm", &module(7));
        built.put("dist/split_desk.wasm", &module(9));
        built.put("dist/parts", b"desk split_desk.wasm\n");
        built.put("dist/snippets/app-77/inline0.js", b"export const now = 1;");
        built.put("style/tokens.css", b":root { }");
        built.put("public/icons/favicon.svg", b"<svg/>");
        built
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.sources.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn pack(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.sources.path();
        let sources = Sources {
            dist: root.join("dist"),
            style: root.join("style"),
            public: root.join("public"),
        };
        let into = self.packed.path().join("bundle");
        pack(&sources, Effort::Release, &into).unwrap();
        let files = files_under(&into).unwrap();
        files
            .iter()
            .map(|file| (path_in(&into, file), fs::read(file).unwrap()))
            .collect()
    }
}

/// A module with one section of 100 equal bytes.
fn module(byte: u8) -> Vec<u8> {
    [b"\0asm\x01\0\0\0\x0b\x64".as_slice(), &[byte; 100]].concat()
}

fn only<'a>(bundle: &'a BTreeMap<String, Vec<u8>>, start: &str, end: &str) -> (&'a str, &'a [u8]) {
    let mut fitting = bundle
        .iter()
        .filter(|(path, _)| path.starts_with(start) && path.ends_with(end));
    let (path, bytes) = fitting.next().unwrap();
    assert!(fitting.next().is_none(), "several: {start}…{end}");
    (path, bytes)
}

#[test]
fn files_are_named_after_their_final_bytes() {
    let bundle = Built::new().pack();
    for (start, end) in [
        ("assets/app-", ".js"),
        ("assets/app_bg-", ".wasm"),
        ("assets/split_desk-", ".wasm"),
        ("assets/inline0-", ".js"),
        ("assets/style-", ".css"),
    ] {
        let (path, bytes) = only(&bundle, start, end);
        assert_eq!(path, format!("{start}{}{end}", short_hash(bytes)));
    }
    assert!(bundle.contains_key("public/icons/favicon.svg"));
}

#[test]
fn the_page_names_every_file_as_it_is_packed() {
    let bundle = Built::new().pack();
    let page = String::from_utf8(bundle["index.html"].clone()).unwrap();
    let (script, _) = only(&bundle, "assets/app-", ".js");
    let (wasm, _) = only(&bundle, "assets/app_bg-", ".wasm");
    let (style, _) = only(&bundle, "assets/style-", ".css");
    assert_eq!(page.matches(&format!("\"/__BASE__/{script}\"")).count(), 1);
    assert_eq!(page.matches(&format!("'/__BASE__/{script}'")).count(), 1);
    assert_eq!(page.matches(&format!("'/__BASE__/{wasm}'")).count(), 1);
    assert_eq!(page.matches(&format!("\"/__BASE__/{style}\"")).count(), 1);
    assert!(!page.contains("0123456789abcdef"), "{page}");
}

#[test]
fn a_script_names_the_others_as_they_are_packed() {
    let bundle = Built::new().pack();
    let (inner, _) = only(&bundle, "assets/inline0-", ".js");
    let (wasm, _) = only(&bundle, "assets/app_bg-", ".wasm");
    let (_, script) = only(&bundle, "assets/app-", ".js");
    let text = std::str::from_utf8(script).unwrap();
    assert!(text.contains(&inner.replace("assets/", "'./")), "{text}");
    assert!(text.contains(&wasm.replace("assets/", "'")), "{text}");
    let (part, _) = only(&bundle, "assets/split_desk-", ".wasm");
    assert!(text.contains(&part.replace("assets/", "\"./")), "{text}");
}

#[test]
fn the_list_of_parts_names_files_as_they_are_packed_and_the_page_none_of_them() {
    let bundle = Built::new().pack();
    let (part, _) = only(&bundle, "assets/split_desk-", ".wasm");
    assert_eq!(bundle["parts"], format!("desk {part}\n").into_bytes());
    let page = String::from_utf8(bundle["index.html"].clone()).unwrap();
    assert!(!page.contains("split_desk"), "{page}");
}

#[test]
fn a_part_without_its_file_is_refused() {
    let built = Built::new();
    built.put("dist/parts", b"desk split_desk.wasm chunk_2.wasm\n");
    let root = built.sources.path();
    let sources = Sources {
        dist: root.join("dist"),
        style: root.join("style"),
        public: root.join("public"),
    };
    assert!(pack(&sources, Effort::Dev, &built.packed.path().join("bundle")).is_err());
}

#[test]
fn a_compressed_copy_lies_beside_what_gets_smaller() {
    let bundle = Built::new().pack();
    let (wasm, _) = only(&bundle, "assets/app_bg-", ".wasm");
    let (inner, _) = only(&bundle, "assets/inline0-", ".js");
    assert!(bundle.contains_key(&format!("{wasm}.br")));
    assert!(!bundle.contains_key(&format!("{inner}.br")));
}

#[test]
fn other_bytes_get_another_name_and_another_version() {
    let built = Built::new();
    let before = built.pack();
    assert_eq!(before, built.pack());
    built.put("dist/app-0123456789abcdef_bg.wasm", &module(8));
    let after = built.pack();
    assert_ne!(
        only(&before, "assets/app_bg-", ".wasm").0,
        only(&after, "assets/app_bg-", ".wasm").0
    );
    assert_ne!(before["version"], after["version"]);
    built.put("public/icons/favicon.svg", b"<svg />");
    assert_ne!(after["version"], built.pack()["version"]);
}
