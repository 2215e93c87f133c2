//! A part of a file that came as a whole: a storage need not know of parts.

use bytes::Bytes;
use chatwoot::Download;
use futures_util::StreamExt;
use futures_util::stream;

/// Cuts a whole file down to the part that was asked for. Without a length, or if the wish cannot be read, it stays whole.
pub(super) fn cut(download: Download, range: &str) -> Download {
    let Some(length) = download.length else {
        return download;
    };
    match bounds(range, length) {
        None => download,
        Some(None) => Download {
            status: 416,
            length: Some(0),
            content_range: Some(format!("bytes */{length}")),
            bytes: stream::empty().boxed(),
            ..download
        },
        Some(Some((first, last))) => Download {
            status: 206,
            length: Some(last - first + 1),
            content_range: Some(format!("bytes {first}-{last}/{length}")),
            bytes: within(download.bytes, first, last - first + 1),
            ..download
        },
    }
}

type Parts = stream::BoxStream<'static, Result<Bytes, chatwoot::Error>>;

fn within(parts: Parts, skip: u64, take: u64) -> Parts {
    parts
        .scan((skip, take), |(skip, take), part| {
            let part = part.map(|mut part| {
                let passed = part.len().min(usize::try_from(*skip).unwrap_or(usize::MAX));
                let mut rest = part.split_off(passed);
                *skip -= passed as u64;
                rest.truncate(usize::try_from(*take).unwrap_or(usize::MAX));
                *take -= rest.len() as u64;
                rest
            });
            let ended = *take == 0 && part.as_ref().is_ok_and(Bytes::is_empty);
            futures_util::future::ready((!ended).then_some(part))
        })
        .boxed()
}

/// First and last byte, or none inside if the file has no such part; none if it is no wish for one part.
fn bounds(range: &str, length: u64) -> Option<Option<(u64, u64)>> {
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u64>().ok())
            .flatten()
    };
    let (first, last) = match (from, to) {
        ("", to) => {
            let count = number(to)?.min(length);
            (length - count, length.checked_sub(1)?)
        }
        (from, "") => (number(from)?, length.checked_sub(1)?),
        (from, to) => (number(from)?, number(to)?.min(length.checked_sub(1)?)),
    };
    Some((first <= last && first < length).then_some((first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_for_a_part_is_read_as_browsers_mean_it() {
        let table = [
            ("bytes=0-0", Some(Some((0, 0)))),
            ("bytes=5-", Some(Some((5, 9)))),
            ("bytes=-3", Some(Some((7, 9)))),
            ("bytes=-99", Some(Some((0, 9)))),
            ("bytes=2-99", Some(Some((2, 9)))),
            ("bytes=10-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=5-2", Some(None)),
            ("bytes=0-1,3-4", None),
            ("bytes=a-b", None),
            ("lines=0-1", None),
            ("bytes=-", None),
        ];
        for (range, expected) in table {
            assert_eq!(bounds(range, 10), expected, "{range}");
        }
        assert_eq!(bounds("bytes=0-", 0), None);
    }

    #[tokio::test]
    async fn what_comes_in_pieces_is_cut_to_the_byte() {
        for (skip, take) in [(0, 10), (3, 4), (4, 1), (9, 1), (2, 3)] {
            let pieces =
                ["abc", "d", "", "efgh", "ij"].map(|it| Ok(Bytes::from_static(it.as_bytes())));
            let cut = within(stream::iter(pieces).boxed(), skip, take);
            let cut: Vec<Bytes> = cut.map(Result::unwrap).collect().await;
            let (from, to) = (
                usize::try_from(skip).unwrap(),
                usize::try_from(skip + take).unwrap(),
            );
            assert_eq!(cut.concat(), &b"abcdefghij"[from..to]);
        }
    }
}
