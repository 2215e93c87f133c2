//! Values that are kept as JSON in a column.

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
