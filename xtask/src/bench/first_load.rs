//! How many bytes a browser that was never here loads before it shows something, all files as they go over the wire: to one who signs in,
//! and to one who is signed in and opens the list, or a ticket; what each sees first is a part of its own.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Figure, Goal, kilobytes, read};
use crate::bundle::{brotli, files_under};
use crate::problem::{Outcome, Problem};

const MOST_KB: f64 = 220.0;

/// What each takes besides what all do: the figure's name, and the part's (`app/src/part.rs`).
const FIRST: [(&str, &str); 3] = [
    ("first_load_brotli", "door"),
    ("first_load_list_brotli", "list"),
    ("first_load_ticket_brotli", "thread"),
];

/// The sum and its parts, by kind of file.
pub(super) fn figures(bundle: &Path, locales: &Path) -> Outcome<Vec<Figure>> {
    let mut parts = BTreeMap::new();
    let page = read(&bundle.join("index.html"))?;
    parts.insert("index.html".to_owned(), small(&page)?);
    let html = String::from_utf8_lossy(&page);
    for file in files_under(bundle)? {
        let Ok(path) = file.strip_prefix(bundle) else {
            continue;
        };
        let path = path.to_string_lossy().replace('\\', "/");
        let address = path.strip_prefix("public/").unwrap_or(&path);
        if html.contains(&format!("/__BASE__/{address}")) {
            let kind = path.rsplit('.').next().unwrap_or(&path).to_owned();
            *parts.entry(kind).or_default() += small(&read(&file)?)?;
        }
    }
    parts.insert("ftl".to_owned(), largest_texts(locales)?);
    let sum: usize = parts.values().sum();
    let figure = |name: &str, bytes, goal| Figure::new(name, kilobytes(bytes), "KB", goal);
    let more = parts_of(bundle)?;
    let mut figures = Vec::new();
    for (name, part) in FIRST {
        let part = more.iter().find(|(name, _)| name == part);
        let part =
            part.ok_or_else(|| Problem::new(format!("the bundle has no part for {name}")))?;
        figures.push(figure(name, sum + part.1, Goal::AtMost(MOST_KB)));
    }
    for (name, bytes) in more {
        figures.push(figure(&format!("part_brotli_{name}"), bytes, Goal::None));
    }
    for (kind, bytes) in parts {
        let name = format!("first_load_brotli_{}", kind.replace('.', "_"));
        figures.push(figure(&name, bytes, Goal::None));
    }
    Ok(figures)
}

/// What each part takes besides, the files that it shares with others too.
fn parts_of(bundle: &Path) -> Outcome<Vec<(String, usize)>> {
    let list = read(&bundle.join("parts"))?;
    let mut parts = Vec::new();
    for line in String::from_utf8_lossy(&list).lines() {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let mut bytes = 0;
        for file in words {
            bytes += small(&read(&bundle.join(file))?)?;
        }
        parts.push((name, bytes));
    }
    Ok(parts)
}

/// The texts of one language: of the language whose are the most.
fn largest_texts(locales: &Path) -> Outcome<usize> {
    let mut largest = 0;
    for file in files_under(locales)? {
        if file.file_name().is_some_and(|name| name == "app.ftl") {
            let texts = read(&file)?;
            // The server leaves out comments.
            let lines = texts.split_inclusive(|byte| *byte == b'\n');
            let told: Vec<u8> = lines
                .filter(|line| !line.starts_with(b"#"))
                .flatten()
                .copied()
                .collect();
            largest = largest.max(small(&told)?);
        }
    }
    if largest == 0 {
        return Err(Problem::new("locales/ holds no app.ftl"));
    }
    Ok(largest)
}

fn small(bytes: &[u8]) -> Outcome<usize> {
    Ok(brotli(bytes)?.map_or(bytes.len(), |small| small.len()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_what_the_page_loads_is_counted_and_one_language() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, bytes: &[u8]| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        };
        put(
            "bundle/index.html",
            b"<a href='/__BASE__/assets/a-1.js'><a href='/__BASE__/i.svg'>",
        );
        put("bundle/assets/a-1.js", b"123");
        put("bundle/assets/b-2.js", b"1234567");
        put("bundle/public/i.svg", b"12");
        put("bundle/assets/split_list-3.wasm", b"1234");
        put("bundle/assets/split_desk-4.wasm", b"12");
        put("bundle/assets/split_door-5.wasm", b"123");
        put("bundle/assets/split_thread-6.wasm", b"12345");
        put("bundle/parts", b"list assets/split_list-3.wasm\ndesk assets/split_desk-4.wasm assets/split_list-3.wasm\ndoor assets/split_door-5.wasm\nthread assets/split_thread-6.wasm\n");
        put("locales/en/app.ftl", b"12345");
        put("locales/es/app.ftl", b"1234567");
        put("locales/en/emails.ftl", b"123456789");
        let bundle = folder.path().join("bundle");
        let figures = figures(&bundle, &folder.path().join("locales")).unwrap();
        let lines: Vec<String> = figures.iter().skip(1).map(Figure::line).collect();
        assert_eq!(
            lines,
            [
                "first_load_list_brotli 0.1 KB ≤220",
                "first_load_ticket_brotli 0.1 KB ≤220",
                "part_brotli_list 0.0 KB -",
                "part_brotli_desk 0.0 KB -",
                "part_brotli_door 0.0 KB -",
                "part_brotli_thread 0.0 KB -",
                "first_load_brotli_ftl 0.0 KB -",
                "first_load_brotli_index_html 0.1 KB -",
                "first_load_brotli_js 0.0 KB -",
                "first_load_brotli_svg 0.0 KB -",
            ]
        );
        let page = small(&fs::read(bundle.join("index.html")).unwrap()).unwrap();
        assert!((figures[0].value - kilobytes(page + 3 + 2 + 7 + 3)).abs() < 1e-9);
        assert!((figures[1].value - kilobytes(page + 3 + 2 + 7 + 4)).abs() < 1e-9);
        assert!((figures[2].value - kilobytes(page + 3 + 2 + 7 + 5)).abs() < 1e-9);
        assert!((figures[4].value - kilobytes(2 + 4)).abs() < 1e-9);
    }

    #[test]
    fn a_missing_language_is_no_zero() {
        let folder = tempfile::tempdir().unwrap();
        assert!(largest_texts(folder.path()).is_err());
    }
}
