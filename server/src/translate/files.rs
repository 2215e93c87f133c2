//! Files of a message: a name that is safe to show and to save under, and how it can be shown.

use app::tickets::model::{File, FileKind};
use chatwoot::Attachment;

use super::TranslatedFile;

/// Most characters of a file's name.
const NAME_LIMIT: usize = 120;

/// A file of a message.
pub(super) fn file(attachment: &Attachment) -> TranslatedFile {
    let content_type = attachment.content_type.as_deref();
    TranslatedFile {
        file: File {
            id: attachment.id.number(),
            name: safe_name(&attachment.name().unwrap_or_default()),
            size: attachment.file_size.unwrap_or_default(),
            kind: match content_type {
                Some(content_type) => file_kind(content_type),
                // Chatwoot before 4.8 tells only what the sender said, and the file itself decides when it is opened.
                None => said(attachment.file_type),
            },
            upload: None,
        },
        url: attachment.data_url.clone(),
    }
}

fn said(kind: chatwoot::FileKind) -> FileKind {
    match kind {
        chatwoot::FileKind::Image => FileKind::Image,
        chatwoot::FileKind::Audio => FileKind::Audio,
        chatwoot::FileKind::Video => FileKind::Video,
        chatwoot::FileKind::File => FileKind::Other,
    }
}

/// How a file of this content type can be shown. Pictures that can hold scripts are none.
pub fn file_kind(content_type: &str) -> FileKind {
    let essence = content_type.split(';').next().unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif" | "image/bmp" => {
            FileKind::Image
        }
        "application/pdf" => FileKind::Pdf,
        "audio/mpeg" | "audio/mp4" | "audio/ogg" | "audio/wav" | "audio/x-wav" | "audio/webm"
        | "audio/aac" | "audio/flac" | "audio/x-flac" | "audio/m4a" | "audio/x-m4a"
        | "audio/opus" => FileKind::Audio,
        "video/mp4" | "video/webm" | "video/ogg" | "video/quicktime" | "video/x-m4v" => {
            FileKind::Video
        }
        _ => FileKind::Other,
    }
}

/// A name without folders, control characters or characters that turn the text around; never empty, never too long, and its
/// ending stays.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .map(|c| if r#"<>:"|?*"#.contains(c) { '_' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect();
    let clean = clean.trim().trim_matches('.').trim();
    if clean.is_empty() {
        return "file".to_owned();
    }
    let length = clean.chars().count();
    if length <= NAME_LIMIT {
        return clean.to_owned();
    }
    let (stem, ending) = match clean.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 10 => (stem, format!(".{ending}")),
        _ => (clean, String::new()),
    };
    let room = NAME_LIMIT - ending.chars().count();
    stem.chars().take(room).chain(ending.chars()).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
