//! Values that are kept as JSON in a column.

use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// A value as it is kept.
pub(super) fn write<T: Serialize>(table: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Row(table, error.to_string()))
}

/// A value that was kept.
pub(super) fn read<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Row(table, error.to_string()))
}

/// A value in a column.
pub(super) fn column<T: DeserializeOwned>(
    table: &'static str,
    row: &Row<'_>,
    number: usize,
) -> Result<T, StoreError> {
    column_or_null(table, row, number)?
        .ok_or_else(|| StoreError::Row(table, "a value is missing".to_owned()))
}

/// A value in a column that may have none.
pub(super) fn column_or_null<T: DeserializeOwned>(
    table: &'static str,
    row: &Row<'_>,
    number: usize,
) -> Result<Option<T>, StoreError> {
    let text = row.get_ref(number)?.as_str_or_null();
    let text = text.map_err(|error| StoreError::Row(table, error.to_string()))?;
    text.map(|text| read(table, text)).transpose()
}
