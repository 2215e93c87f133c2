//! Gives short names to what the app and wasm-bindgen's script call each other's functions: the long ones hold a hash each, which nobody
//! reads and nothing compresses, in both files. Comments and indentation of the script go too.

use std::collections::HashMap;

use super::wasm;
use crate::problem::Outcome;

/// How the names begin that only the script and the module know. Others are known elsewhere, such as to the parts.
const OURS: [&str; 3] = ["__wbg_", "__wbindgen_", "wasm_bindgen_"];

/// The script and the module, with the same short names in both.
pub(super) fn shortened(script: &str, module: &[u8]) -> Outcome<(String, Vec<u8>)> {
    let mut names = HashMap::new();
    let module = wasm::renamed(module, |name| {
        if !OURS.iter().any(|start| name.starts_with(start)) {
            return None;
        }
        let next = short(names.len());
        Some(names.entry(name.to_owned()).or_insert(next).clone())
    })?;
    let script = tidied(script);
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script.as_str();
    while !rest.is_empty() {
        let end = rest.find(|it| !is_of_name(it)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        renamed.push_str(names.get(name).map_or(name, String::as_str));
        let next = after.find(is_of_name).unwrap_or(after.len());
        renamed.push_str(&after[..next]);
        rest = &after[next..];
    }
    Ok((renamed, module))
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

/// `$a` to `$z`, `$ba`, `$bb`…: the script itself uses no `$`.
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(
            b'a' + u8::try_from(number % 26).unwrap_or_default(),
        ));
        number /= 26;
        if number == 0 {
            break;
        }
    }
    letters.push('$');
    letters.iter().rev().collect()
}

/// Without what only people read: the comments before functions, and the indentation. No text of wasm-bindgen's has several lines.
fn tidied(script: &str) -> String {
    let mut tidy = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            tidy.push_str(line);
            tidy.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports `m.__wbg_f_1` and `m.load`; exports `__wbindgen_free` and `memory`.
    const MODULE: &[u8] =
        b"\0asm\x01\0\0\0\x02\x18\x02\x01m\x09__wbg_f_1\x00\x00\x01m\x04load\x00\x00\
                            \x07\x1c\x02\x0f__wbindgen_free\x00\x02\x06memory\x02\x00\x0a\x01\x00";

    #[test]
    fn both_sides_call_a_function_by_the_same_short_name() {
        let script = "/**\n * Frees.\n */\n    wasm.__wbindgen_free(a);\n\n    // why\n__wbg_f_1: function() {}, __wbg_f_12: load, memory";
        let (script, module) = shortened(script, MODULE).unwrap();
        assert_eq!(
            script,
            "wasm.$b(a);\n$a: function() {}, __wbg_f_12: load, memory\n"
        );
        let expected = b"\0asm\x01\0\0\0\x02\x11\x02\x01m\x02$a\x00\x00\x01m\x04load\x00\x00\
                         \x07\x0f\x02\x02$b\x00\x02\x06memory\x02\x00\x0a\x01\x00";
        assert_eq!(module, expected);
    }

    #[test]
    fn no_two_names_become_one() {
        let all: std::collections::HashSet<String> = (0..2000).map(short).collect();
        assert_eq!(all.len(), 2000);
        assert!(all.contains("$a") && all.contains("$ba"));
    }
}
