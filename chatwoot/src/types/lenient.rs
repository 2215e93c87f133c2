//! Reading that forgives: versions differ in which keys are missing, null, or of another type, and one odd field must
//! not hide a whole thread.

use serde::de::{Deserialize, Deserializer, IgnoredAny};

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Either<T> {
    Right(T),
    Wrong(IgnoredAny),
}

impl<T> Either<T> {
    fn right(self) -> Option<T> {
        match self {
            Self::Right(value) => Some(value),
            Self::Wrong(_) => None,
        }
    }
}

/// A field that may be missing (with `#[serde(default)]`), null, or of a wrong type: then it is its default.
pub(crate) fn value<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Either::<T>::deserialize(from)?.right().unwrap_or_default())
}

/// A list of which those items are kept that can be read; empty if it is none.
pub(crate) fn list<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Either::<Vec<Either<T>>>::deserialize(from)?
        .right()
        .unwrap_or_default();
    Ok(items.into_iter().filter_map(Either::right).collect())
}

/// A time in unix seconds. Chatwoot says 0 for never.
pub(crate) fn time<'de, D>(from: D) -> Result<Option<i64>, D::Error>
where
    D: Deserializer<'de>,
{
    let time: Option<f64> = value(from)?;
    // Seconds fit into a float exactly.
    Ok(time.map(|time| time as i64).filter(|time| *time != 0))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "super::value")]
        name: Option<String>,
        #[serde(default, deserialize_with = "super::list")]
        words: Vec<String>,
        #[serde(default, deserialize_with = "super::time")]
        at: Option<i64>,
        #[serde(default, deserialize_with = "super::value")]
        on: bool,
    }

    fn row(text: &str) -> Row {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn missing_null_and_wrong_are_all_nothing() {
        let nothing = Row {
            name: None,
            words: vec![],
            at: None,
            on: false,
        };
        assert_eq!(row("{}"), nothing);
        assert_eq!(
            row(r#"{"name":null,"words":null,"at":null,"on":null}"#),
            nothing
        );
        assert_eq!(
            row(r#"{"name":{"a":[1]},"words":"x","at":"2026-01-01","on":"yes","more":{}}"#),
            nothing
        );
    }

    #[test]
    fn one_odd_item_does_not_spoil_a_list() {
        assert_eq!(row(r#"{"words":["a",1,null,"b"]}"#).words, ["a", "b"]);
    }

    #[test]
    fn zero_is_never() {
        assert_eq!(row(r#"{"at":0}"#).at, None);
        assert_eq!(row(r#"{"at":1795265268}"#).at, Some(1_795_265_268));
        assert_eq!(row(r#"{"at":1795265268.5}"#).at, Some(1_795_265_268));
    }
}
