//! What a request says of the file that it brings.

use app::error::AppError;
use app::tickets::upload::{NAME_HEADER, UPLOAD_HEADER, UploadId};
use http::{HeaderMap, header};

use crate::translate::safe_name;

/// Most bytes of the header with the name.
const LONGEST_NAME: usize = 4 * 1024;

/// The browser's name of the file, and the customer's, made safe.
pub(super) fn named(headers: &HeaderMap) -> Option<(UploadId, String)> {
    let one = |name: &str| {
        let mut all = headers.get_all(name).iter();
        match (all.next(), all.next()) {
            (Some(one), None) => one.to_str().ok(),
            _ => None,
        }
    };
    let id = UploadId::parse(one(UPLOAD_HEADER)?)?;
    let name = one(NAME_HEADER)?;
    if name.len() > LONGEST_NAME {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8();
    Some((id, safe_name(&decoded.ok()?)))
}

/// How many bytes the body is said to have, if that is said.
pub(super) fn length_told(headers: &HeaderMap) -> Result<Option<u64>, AppError> {
    match headers.get(header::CONTENT_LENGTH) {
        None => Ok(None),
        Some(told) => {
            let told = told.to_str().ok().and_then(|it| it.parse().ok());
            told.map(Some).ok_or(AppError::BadRequest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_called_is_read_strictly_and_made_safe() {
        let id = "22222222-3333-4444-8555-000000000001";
        let read = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, value.parse().unwrap());
            }
            named(&headers).map(|(_, name)| name)
        };
        let name = |name: &str| read(&[(UPLOAD_HEADER, id), (NAME_HEADER, name)]);
        for (given, safe) in [
            ("Gr%C3%B6%C3%9Fe%201.png", "Größe 1.png"),
            ("a+b.txt", "a+b.txt"),
            ("..%2F..%2Fetc%2Fpasswd", "passwd"),
            ("%0D%0ASet-Cookie%3A%20x.txt", "Set-Cookie_ x.txt"),
            ("bill%E2%80%AEfdp.exe", "billfdp.exe"),
            ("%00", "file"),
            ("", "file"),
        ] {
            assert_eq!(name(given).as_deref(), Some(safe), "{given}");
        }
        assert_eq!(name("%ff"), None);
        assert_eq!(name(&"a".repeat(LONGEST_NAME + 1)), None);
        assert_eq!(read(&[(UPLOAD_HEADER, id)]), None);
        assert_eq!(read(&[(NAME_HEADER, "a")]), None);
        let twice = [(UPLOAD_HEADER, id), (UPLOAD_HEADER, id), (NAME_HEADER, "a")];
        assert_eq!(read(&twice), None);
        let nobodys = UploadId::nobodys();
        let nil = [(UPLOAD_HEADER, nobodys.as_str()), (NAME_HEADER, "a")];
        assert_eq!(read(&nil), None);
    }
}
