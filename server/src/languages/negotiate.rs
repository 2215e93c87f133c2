//! Which language is meant by a tag or an Accept-Language header.

/// The tags of an Accept-Language header, most wanted first. At most twenty; what is not understood is left out.
pub(super) fn by_weight(header: &str) -> Vec<String> {
    let mut wishes: Vec<(String, u32)> = header
        .split(',')
        .take(20)
        .filter_map(|entry| {
            let mut parts = entry.split(';');
            let tag = parts.next()?.trim();
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(Some(1000), read_weight)?;
            (is_tag(tag) && weight > 0).then(|| (tag.to_owned(), weight))
        })
        .collect();
    // Stable: equal weights stay in their order.
    wishes.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    wishes.into_iter().map(|(tag, _)| tag).collect()
}

/// `0.8` is 800.
fn read_weight(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u32 = whole.parse().ok().filter(|it| *it <= 1)?;
    let thousandths: u32 = format!("{fraction:0<3}").parse().ok()?;
    Some((whole * 1000 + thousandths).min(1000))
}

/// Whether a text can be a language's tag, and so a folder's name.
pub(super) fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && text.parse::<unic_langid::LanguageIdentifier>().is_ok()
}

/// Of the tags that there are, the one meant by `wish`: itself, the same with less said, or the same language otherwise.
pub(super) fn closest<'a>(wish: &str, tags: &[&'a str]) -> Option<&'a str> {
    if !is_tag(wish) {
        return None;
    }
    let mut shorter = wish;
    loop {
        if let Some(tag) = tags.iter().find(|tag| tag.eq_ignore_ascii_case(shorter)) {
            return Some(tag);
        }
        match shorter.rsplit_once('-') {
            Some((less, _)) => shorter = less,
            None => break,
        }
    }
    let language = |tag: &str| tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    tags.iter()
        .copied()
        .find(|tag| language(tag) == language(wish))
}

/// The languages that a language's texts are taken from: itself, the same with less said, English.
pub(super) fn stand_ins(tag: &str) -> Vec<String> {
    let mut list = vec![tag.to_owned()];
    let mut rest = tag;
    while let Some((less, _)) = rest.rsplit_once('-') {
        list.push(less.to_owned());
        rest = less;
    }
    if !list.iter().any(|it| it == super::LAST_RESORT) {
        list.push(super::LAST_RESORT.to_owned());
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_by_weight() {
        for (header, tags) in [
            ("", vec![]),
            ("es", vec!["es"]),
            ("en-GB,en;q=0.8,es;q=0.9", vec!["en-GB", "es", "en"]),
            ("fr;q=0, es;q=0.5", vec!["es"]),
            ("*, es", vec!["es"]),
            ("es;q=abc, ../../etc, en;q=2, de; q=0.1", vec!["de"]),
        ] {
            assert_eq!(by_weight(header), tags, "{header}");
        }
    }

    #[test]
    fn the_closest_language_is_found() {
        let tags = ["en", "es", "pt-BR", "zh-Hant"];
        for (wish, tag) in [
            ("ES", Some("es")),
            ("es-419", Some("es")),
            ("pt", Some("pt-BR")),
            ("pt-PT", Some("pt-BR")),
            ("zh-Hant-TW", Some("zh-Hant")),
            ("fr", None),
            ("../en", None),
            ("", None),
        ] {
            assert_eq!(closest(wish, &tags), tag, "{wish}");
        }
    }

    #[test]
    fn less_said_stands_in_before_english() {
        assert_eq!(stand_ins("pt-BR"), ["pt-BR", "pt", "en"]);
        assert_eq!(stand_ins("en-GB"), ["en-GB", "en"]);
    }
}
