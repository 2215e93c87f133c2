//! Customers: one row for each verified address, with the source id that their tickets are filed under in Chatwoot.
//!
//! The source id is kept and not derived again, so that a changed SESSION_SECRET orphans nobody.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS customers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    source TEXT UNIQUE,
    contact INTEGER,
    name TEXT,
    language TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS customers_by_contact ON customers (contact) WHERE contact IS NOT NULL;
";

/// Our number for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CustomerId(i64);

impl CustomerId {
    /// The number, for a row of another table.
    pub fn number(self) -> i64 {
        self.0
    }

    /// The customer whose number a row of another table holds.
    pub fn from_row(number: i64) -> Self {
        Self(number)
    }
}

impl std::fmt::Display for CustomerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    /// Our number for him.
    pub id: CustomerId,
    /// The verified address, in ASCII lower case.
    pub address: String,
    /// What his tickets are filed under; none until it is known under which secret they began.
    pub source: Option<String>,
    /// The contact that the source id was first seen on. Only for judging unmarked tickets and for alarms.
    pub contact: Option<u64>,
    /// What agents call him: as he wishes, or as they have named his contact. See `called`.
    pub name: Option<String>,
    /// Language of his mails.
    pub language: Option<String>,
    /// He wants mails about answers.
    pub mails: bool,
}

impl Customer {
    /// What he is called: by his name, else by what stands before the @.
    pub fn called(&self) -> &str {
        let before_at = self.address.split('@').next().unwrap_or_default();
        self.name.as_deref().unwrap_or(before_at)
    }

    /// Whether somebody else's spelling of an address is his, byte for byte but for the case of ASCII letters.
    pub fn has_address(&self, spelling: &str) -> bool {
        self.address.eq_ignore_ascii_case(spelling)
    }
}

/// Whole addresses and source ids are in no log.
impl std::fmt::Debug for Customer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Customer({})", self.id)
    }
}

const COLUMNS: &str = "id, address, source, contact, name, language, mails";

/// The customer with this number.
pub fn find(tx: &Transaction<'_>, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    one(tx, "id = ?1", id.0)
}

/// Whether we have this customer: he may have been forgotten since.
pub fn is_known(tx: &Transaction<'_>, id: CustomerId) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM customers WHERE id = ?1")?
        .exists([id.0])?)
}

/// The customer with this address.
pub fn by_address(tx: &Transaction<'_>, address: &str) -> Result<Option<Customer>, StoreError> {
    one(tx, "address = ?1", address)
}

/// The customer whose tickets are filed under this source id.
pub fn by_source(tx: &Transaction<'_>, source: &str) -> Result<Option<Customer>, StoreError> {
    one(tx, "source = ?1", source)
}

/// Makes the column for the contact that has a customer's source id now, where it is not there yet.
pub(super) fn make_contact_now(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let has = tx
        .prepare("SELECT 1 FROM pragma_table_info('customers') WHERE name = 'contact_now'")?
        .exists([])?;
    if !has {
        tx.execute_batch("ALTER TABLE customers ADD COLUMN contact_now INTEGER;")?;
    }
    tx.execute_batch(
        "CREATE INDEX IF NOT EXISTS customers_by_contact_now ON customers (contact_now) WHERE contact_now IS NOT NULL;",
    )?;
    Ok(())
}

/// The customers whose source id was first seen on this contact, or is there since contacts were merged: a hint of whom something may
/// concern, no proof.
pub fn by_contact(tx: &Transaction<'_>, contact: u64) -> Result<Vec<Customer>, StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM customers WHERE contact = ?1 OR contact_now = ?1"
    ))?;
    let rows = query.query_map([contact.cast_signed()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The customer of a verified address (ASCII lower case), made if he is new. With `source`, that is what his tickets
/// are filed under; without, it is found out later.
pub fn find_or_make(
    tx: &Transaction<'_>,
    address: &str,
    source: Option<&str>,
    now: Millis,
) -> Result<Customer, StoreError> {
    tx.prepare_cached(
        "INSERT INTO customers (address, source, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (address) DO NOTHING",
    )?
    .execute(params![address, source, now.cast_signed()])?;
    let customer = by_address(tx, address)?
        .ok_or_else(|| StoreError::Row("customers", "a row just made is not there".to_owned()))?;
    super::forgotten::take_back(tx, customer.id)?;
    Ok(customer)
}

/// Keeps the source id, unless one is kept already. Answers with the one that is.
pub fn keep_source(
    tx: &Transaction<'_>,
    id: CustomerId,
    source: &str,
) -> Result<String, StoreError> {
    tx.prepare_cached("UPDATE customers SET source = ?2 WHERE id = ?1 AND source IS NULL")?
        .execute(params![id.0, source])?;
    super::forgotten::take_back(tx, id)?;
    Ok(tx
        .prepare_cached("SELECT source FROM customers WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?)
}

/// Pins the contact, unless one is pinned already. Answers with the one that is.
pub fn pin_contact(tx: &Transaction<'_>, id: CustomerId, contact: u64) -> Result<u64, StoreError> {
    tx.prepare_cached("UPDATE customers SET contact = ?2 WHERE id = ?1 AND contact IS NULL")?
        .execute(params![id.0, contact.cast_signed()])?;
    Ok(tx
        .prepare_cached("SELECT contact FROM customers WHERE id = ?1")?
        .query_row([id.0], |row| row.get::<_, i64>(0))?
        .cast_unsigned())
}

/// The contact that a customer's source id has now, which is another than the first after a merge. A hint, as in `by_contact`.
pub fn contact_is_now(
    tx: &Transaction<'_>,
    id: CustomerId,
    contact: u64,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE customers SET contact_now = ?2 WHERE id = ?1 AND contact_now IS NOT ?2",
    )?
    .execute(params![id.0, contact.cast_signed()])?;
    Ok(())
}

/// Whether there are any.
pub fn any(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached("SELECT 1 FROM customers LIMIT 1")?
        .exists([])?)
}

/// Remembers the language of his mails.
pub fn choose_language(
    tx: &Transaction<'_>,
    id: CustomerId,
    language: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE customers SET language = ?2 WHERE id = ?1")?
        .execute(params![id.0, language])?;
    Ok(())
}

fn one(
    tx: &Transaction<'_>,
    condition: &str,
    value: impl rusqlite::ToSql,
) -> Result<Option<Customer>, StoreError> {
    let mut query = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM customers WHERE {condition}"
    ))?;
    Ok(query.query_row([value], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: CustomerId(row.get(0)?),
        address: row.get(1)?,
        source: row.get(2)?,
        contact: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
        name: row.get(4)?,
        language: row.get(5)?,
        mails: row.get(6)?,
    })
}
