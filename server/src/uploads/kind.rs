//! What a file is, told by its bytes and never by its name.

use app::tickets::model::FileKind;
use infer::{app as programs, archive};

use crate::translate;

/// What is told of a file.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) content_type: &'static str,
    pub(super) kind: FileKind,
}

/// What a file is, by its first part.
pub(super) fn of(head: &[u8]) -> Told {
    let content_type = match infer::get(head) {
        // Two letters do not make a program; what is one was looked for before.
        Some(found) if found.matcher_type() != infer::MatcherType::App => found.mime_type(),
        _ if is_text(head) => "text/plain",
        _ => "application/octet-stream",
    };
    Told {
        content_type,
        kind: translate::file_kind(content_type),
    }
}

/// Whether the first part is that of something that runs when it is opened: programs and scripts of all systems, packages, shortcuts.
pub(super) fn is_program(head: &[u8]) -> bool {
    const SHORTCUT: &[u8] = b"\x4c\0\0\0\x01\x14\x02\0";
    // Words may begin with MZ as well.
    let windows = programs::is_exe(head) && !is_text(head);
    windows
        || head.starts_with(b"\x7fELF")
        || programs::is_mach(head)
        || programs::is_java(head)
        || programs::is_dex(head)
        || programs::is_wasm(head)
        || archive::is_deb(head)
        || archive::is_rpm(head)
        || head.starts_with(b"#!")
        || head.starts_with(b"\xef\xbb\xbf#!")
        || head.starts_with(SHORTCUT)
}

/// Whether a part has the root of a Windows installer. Office's old files are of the same make, so that their beginning does not tell; the
/// entries of their folder lie at multiples of 128 bytes, so that none is torn.
pub(super) fn is_installer(part: &[u8]) -> bool {
    const ROOT: &[u8] = b"R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0";
    const INSTALLERS: [[u8; 16]; 3] = [class(0x84), class(0x82), class(0x86)];
    part.chunks_exact(128).any(|entry| {
        entry.starts_with(ROOT) && INSTALLERS.iter().any(|it| entry[0x50..0x60] == it[..])
    })
}

/// {000C1084-0000-0000-C000-000000000046}, an installer; 82 is a transform of one, 86 a patch.
const fn class(kind: u8) -> [u8; 16] {
    [
        kind, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46,
    ]
}

/// Whether it reads as text, but for what the end of the part may have torn.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => head.len(),
        Err(error) => error.valid_up_to(),
    };
    head.len() - valid < 4 && !head[..valid].contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_what_runs_is_told_by_its_content() {
        let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 64]].concat();
        let pe = [b"MZ\x90\0\x03\0\0\0\x04".as_slice(), &[0; 64]].concat();
        let class = b"\xca\xfe\xba\xbe\0\0\0\x3d";
        let fat = b"\xca\xfe\xba\xbe\0\0\0\x02";
        let programs: [&[u8]; 10] = [
            &elf,
            b"\x7fELF",
            &pe,
            b"\xcf\xfa\xed\xfe\x07\0\0\x01",
            class,
            fat,
            b"#!/bin/sh\nrm -rf /\n",
            b"\xef\xbb\xbf#!/usr/bin/env python3\n",
            b"\0asm\x01\0\0\0",
            b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46",
        ];
        for head in programs {
            assert!(is_program(head), "{head:?}");
        }
        let others: [&[u8]; 9] = [
            b"",
            b"M",
            b"MZ is how my letter begins, and it goes on for a while.",
            b"BC, Canada",
            b"L\x01 is no object file here",
            b"# a heading\n#!not first",
            b"\x89PNG\r\n\x1a\n",
            b"PK\x03\x04",
            b"%PDF-1.7",
        ];
        for head in others {
            assert!(!is_program(head), "{head:?}");
        }
    }

    #[test]
    fn a8_an_installer_is_told_from_an_old_letter_by_its_root() {
        let root = |class: &[u8; 16]| {
            let mut entry = vec![0; 128];
            entry[..20].copy_from_slice(b"R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0");
            entry[0x50..0x60].copy_from_slice(class);
            [vec![0; 1024], entry, vec![0; 512]].concat()
        };
        assert!(is_installer(&root(&class(0x84))));
        let word = *b"\x06\x09\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";
        assert!(!is_installer(&root(&word)));
        assert!(!is_installer(b"R\0o\0o\0t\0"));
    }

    #[test]
    fn a8_the_type_is_that_of_the_content() {
        for (head, content_type, kind) in [
            (
                b"\x89PNG\r\n\x1a\n0123".as_slice(),
                "image/png",
                FileKind::Image,
            ),
            (b"%PDF-1.7\n", "application/pdf", FileKind::Pdf),
            (b"ID3\x03", "audio/mpeg", FileKind::Audio),
            ("größe\n".as_bytes(), "text/plain", FileKind::Other),
            (b"BC, Canada", "text/plain", FileKind::Other),
            (b"gr\xc3", "text/plain", FileKind::Other),
            (
                b"\xff\xfe\0\x01\x02\x03\x04\x05",
                "application/octet-stream",
                FileKind::Other,
            ),
        ] {
            let told = of(head);
            assert_eq!(
                (told.content_type, told.kind),
                (content_type, kind),
                "{head:?}"
            );
        }
        let svg = of(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
        assert_eq!(svg.kind, FileKind::Other);
    }
}
