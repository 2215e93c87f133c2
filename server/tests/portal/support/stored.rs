//! The whole store as text, so that a test can tell that nothing in it has changed.

use rusqlite::types::ValueRef;
use server::store::Store;

/// Every row of every table of both files, as SQLite writes it.
pub(super) async fn rows(store: &Store) -> Vec<String> {
    let read = store.read(|tx| {
        let mut rows = Vec::new();
        for schema in ["main", "model"] {
            let tables = format!("SELECT name FROM {schema}.sqlite_master WHERE type = 'table'");
            let mut tables = tx.prepare(&tables)?;
            let names: Vec<String> = tables
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for name in names {
                let mut all = tx.prepare(&format!("SELECT * FROM {schema}.\"{name}\""))?;
                let columns = all.column_count();
                let mut found = all.query([])?;
                while let Some(row) = found.next()? {
                    let cells: Result<Vec<_>, _> = (0..columns)
                        .map(|column| {
                            Ok(match row.get_ref(column)? {
                                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                                other => format!("{other:?}"),
                            })
                        })
                        .collect::<Result<_, rusqlite::Error>>();
                    rows.push(format!("{schema}.{name}: {}", cells?.join(", ")));
                }
            }
        }
        rows.sort();
        Ok(rows)
    });
    read.await.unwrap()
}
