//! As much of WebAssembly's binary format as it takes to leave out what only people read, to give imports and exports other names, and to
//! tell how large each function is.

use crate::problem::{Outcome, Problem};

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const EXPORT: u8 = 7;
const CODE: u8 = 10;
const DATA: u8 = 11;
const IMPORTED_FUNCTION: u8 = 0;
const FUNCTION_NAMES: u8 = 1;

/// The module without its custom sections: names of functions, producers, features.
pub(crate) fn without_names(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = MAGIC.to_vec();
    for section in sections(module)? {
        if section.id != CUSTOM {
            kept.extend_from_slice(section.whole);
        }
    }
    Ok(kept)
}

/// The module with other names for those imports and exports that `rename` has one for.
pub(crate) fn renamed(
    module: &[u8],
    mut rename: impl FnMut(&str) -> Option<String>,
) -> Outcome<Vec<u8>> {
    let mut whole = MAGIC.to_vec();
    for section in sections(module)? {
        if !matches!(section.id, IMPORT | EXPORT) {
            whole.extend_from_slice(section.whole);
            continue;
        }
        let mut reader = Reader(section.content);
        let mut content = Vec::new();
        let count = reader.number()?;
        push_number(&mut content, count);
        for _ in 0..count {
            if section.id == IMPORT {
                push_sized(&mut content, reader.sized()?);
            }
            let name = reader.sized()?;
            let new = std::str::from_utf8(name).ok().and_then(&mut rename);
            push_sized(&mut content, new.as_ref().map_or(name, String::as_bytes));
            let rest = reader.0;
            let kind = reader.byte()?;
            if section.id == IMPORT {
                reader.skip_import(kind)?;
            } else {
                reader.number()?;
            }
            content.extend_from_slice(&rest[..rest.len() - reader.0.len()]);
        }
        whole.push(section.id);
        push_sized(&mut whole, &content);
    }
    Ok(whole)
}

fn push_sized(bytes: &mut Vec<u8>, content: &[u8]) {
    push_number(bytes, content.len());
    bytes.extend_from_slice(content);
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let seven = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return bytes.push(seven);
        }
        bytes.push(seven | 0x80);
    }
}

/// How large a module's parts are.
pub(crate) struct Sizes {
    /// Each function's name, if the module has names, and its bytes.
    pub(crate) functions: Vec<(String, usize)>,
    /// Constant data.
    pub(crate) data: usize,
}

/// Measures a module that still has its names.
pub(crate) fn sizes(module: &[u8]) -> Outcome<Sizes> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    let mut names = Vec::new();
    let mut data = 0;
    for section in sections(module)? {
        let mut reader = Reader(section.content);
        match section.id {
            IMPORT => imported = reader.imported_functions()?,
            CODE => {
                for _ in 0..reader.number()? {
                    bodies.push(reader.sized()?.len());
                }
            }
            DATA => data = section.content.len(),
            CUSTOM if reader.sized()? == b"name" => names = reader.function_names()?,
            _ => {}
        }
    }
    let mut functions: Vec<(String, usize)> = bodies
        .into_iter()
        .map(|size| (String::new(), size))
        .collect();
    for (index, name) in names {
        let place = index.checked_sub(imported);
        if let Some(function) = place.and_then(|place| functions.get_mut(place)) {
            function.0 = name;
        }
    }
    Ok(Sizes { functions, data })
}

struct Section<'a> {
    id: u8,
    whole: &'a [u8],
    content: &'a [u8],
}

fn sections(module: &[u8]) -> Outcome<Vec<Section<'_>>> {
    let rest = module
        .strip_prefix(MAGIC)
        .ok_or_else(|| Problem::new("this is no WebAssembly module"))?;
    let mut reader = Reader(rest);
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let start = reader.0;
        let id = reader.byte()?;
        let content = reader.sized()?;
        sections.push(Section {
            id,
            whole: &start[..start.len() - reader.0.len()],
            content,
        });
    }
    Ok(sections)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Outcome<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or_else(|| Problem::new("a WebAssembly module ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?[0])
    }

    /// A number in LEB128, seven bits a byte.
    fn number(&mut self) -> Outcome<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Problem::new("a number in a WebAssembly module has no end"))
    }

    fn sized(&mut self) -> Outcome<&'a [u8]> {
        let size = self.number()?;
        self.take(size)
    }

    fn imported_functions(&mut self) -> Outcome<usize> {
        let mut functions = 0;
        for _ in 0..self.number()? {
            self.sized()?;
            self.sized()?;
            let kind = self.byte()?;
            functions += usize::from(kind == IMPORTED_FUNCTION);
            self.skip_import(kind)?;
        }
        Ok(functions)
    }

    /// What follows an import's kind: a function's type, a table's or memory's limits, a global's type, a tag.
    fn skip_import(&mut self, kind: u8) -> Outcome {
        match kind {
            IMPORTED_FUNCTION => {
                self.number()?;
            }
            1 | 2 => {
                if kind == 1 {
                    self.byte()?;
                }
                let has_maximum = self.byte()? & 1 == 1;
                self.number()?;
                if has_maximum {
                    self.number()?;
                }
            }
            3 => {
                self.take(2)?;
            }
            _ => {
                self.byte()?;
                self.number()?;
            }
        }
        Ok(())
    }

    fn function_names(&mut self) -> Outcome<Vec<(usize, String)>> {
        let mut names = Vec::new();
        while !self.0.is_empty() {
            let kind = self.byte()?;
            let mut content = Reader(self.sized()?);
            if kind == FUNCTION_NAMES {
                for _ in 0..content.number()? {
                    let index = content.number()?;
                    let name = String::from_utf8_lossy(content.sized()?).into_owned();
                    names.push((index, name));
                }
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One imported function, two of its own, data and names.
    fn module() -> Vec<u8> {
        let mut module = MAGIC.to_vec();
        module.extend(b"\x02\x08\x01\x02js\x01f\x00\x00");
        module.extend(b"\x0a\x08\x02\x02\x00\x0b\x03\x00\x01\x0b");
        module.extend(b"\x0b\x03xyz");
        module.extend(b"\x00\x12\x04name\x01\x0b\x02\x01\x03one\x02\x03two");
        module
    }

    #[test]
    fn functions_have_their_own_names_and_sizes() {
        let sizes = sizes(&module()).unwrap();
        let functions = [("one".to_owned(), 2), ("two".to_owned(), 3)];
        assert_eq!(sizes.functions, functions);
        assert_eq!(sizes.data, 3);
    }

    #[test]
    fn names_are_left_out_and_all_else_stays() {
        let module = module();
        let small = without_names(&module).unwrap();
        assert_eq!(small, module[..module.len() - 20]);
        assert_eq!(without_names(&small).unwrap(), small);
    }

    #[test]
    fn other_bytes_are_no_module() {
        assert!(without_names(b"<html>").is_err());
        assert!(sizes(&module()[..20]).is_err());
    }
}
