//! What each crate takes of the WASM, before compression: a function counts for the crate that defines it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Figure, Goal, kilobytes, read};
use crate::bundle::wasm_sizes;
use crate::problem::Outcome;

/// Smaller ones are summed up.
const LEAST_BYTES: usize = 2000;

/// A figure for each crate of a module with names, the largest first.
pub(super) fn figures(module: &Path) -> Outcome<Vec<Figure>> {
    let sizes = wasm_sizes(&read(module)?)?;
    let mut crates = BTreeMap::from([("data".to_owned(), sizes.data)]);
    for (name, size) in &sizes.functions {
        *crates.entry(crate_of(name).to_owned()).or_default() += size;
    }
    let (mut large, small): (Vec<_>, Vec<_>) = crates
        .into_iter()
        .partition(|(_, size)| *size >= LEAST_BYTES);
    large.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    large.push((
        "smaller_crates".to_owned(),
        small.iter().map(|(_, size)| size).sum(),
    ));
    let figures = large.into_iter().map(|(name, size)| Figure {
        name: format!("wasm_raw_{name}"),
        value: kilobytes(size),
        unit: "KB",
        goal: Goal::None,
    });
    Ok(figures.collect())
}

/// The crate in a demangled name: "core::fmt::write", "<alloc::vec::Vec<T> as core::ops::Drop>::drop", "<u8 as core::fmt::Debug>::fmt".
fn crate_of(name: &str) -> &str {
    let of_type = first_crate(name);
    let of_trait = || {
        name.split_once(" as ")
            .and_then(|(_, rest)| first_crate(rest))
    };
    of_type.or_else(of_trait).unwrap_or("nameless")
}

/// The crate that a path begins with, behind `<`, `&`, `dyn` and the like.
fn first_crate(path: &str) -> Option<&str> {
    let mut path = path;
    loop {
        path = path.trim_start_matches(|character: char| "<&*[( ".contains(character));
        let shorter = ["mut ", "dyn ", "const ", "impl "]
            .iter()
            .find_map(|word| path.strip_prefix(word));
        match shorter {
            Some(rest) => path = rest,
            None => break,
        }
    }
    let end =
        path.find(|character: char| !character.is_ascii_alphanumeric() && character != '_')?;
    let (name, rest) = path.split_at(end);
    // In one of the two manglings a crate is followed by its hash: core[0123456789abcdef]::fmt.
    let is_path = rest.starts_with("::") || rest.starts_with('[') && rest.contains("]::");
    (is_path && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_crate_that_defines_it() {
        for (name, expected) in [
            ("core::fmt::write::h0123456789abcdef", "core"),
            ("core[0123456789abcdef]::fmt::write", "core"),
            ("<alloc::vec::Vec<T> as core::ops::Drop>::drop", "alloc"),
            (
                "<&mut dyn tachys::view::Render as core::fmt::Debug>::fmt",
                "tachys",
            ),
            ("<u8 as core::fmt::Debug>::fmt", "core"),
            ("__wbindgen_malloc", "nameless"),
            ("", "nameless"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }
}
