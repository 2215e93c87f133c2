//! Wishes for a sign-in mail: what was asked, how far its mail is, and what is left of its link and code. Only hashes of both are stored.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::StoreError;
use crate::clock::Millis;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sign_ins (
    id BLOB PRIMARY KEY,
    link_hash BLOB NOT NULL UNIQUE,
    code_hash BLOB NOT NULL,
    browser_hash BLOB NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    return_to TEXT,
    device TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    armed INTEGER NOT NULL DEFAULT 0,
    tries_left INTEGER NOT NULL,
    for_asker INTEGER NOT NULL,
    for_others INTEGER NOT NULL,
    stage TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sign_ins_by_address ON sign_ins (address);
CREATE INDEX IF NOT EXISTS sign_ins_by_browser ON sign_ins (browser_hash);
CREATE INDEX IF NOT EXISTS sign_ins_due ON sign_ins (next_at) WHERE stage IN ('asked', 'known');
";

/// The random id of a wish, from which its link and code are derived.
pub type SignInId = [u8; 16];

/// How far the mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not yet looked up.
    Asked,
    /// May sign in; the mail is to be sent.
    Known,
    /// The mail server has taken the mail.
    Mailed,
    /// There will be no mail.
    NoMail,
}

impl Stage {
    fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Known => "known",
            Self::Mailed => "mailed",
            Self::NoMail => "no mail",
        }
    }

    fn read(word: &str) -> Result<Self, StoreError> {
        match word {
            "asked" => Ok(Self::Asked),
            "known" => Ok(Self::Known),
            "mailed" => Ok(Self::Mailed),
            "no mail" => Ok(Self::NoMail),
            other => Err(StoreError::Row("sign_ins", format!("stage {other}"))),
        }
    }
}

/// A wish for a sign-in mail.
#[derive(Clone)]
pub struct SignIn {
    /// What link and code are derived from.
    pub id: SignInId,
    /// Hash of the link's token.
    pub link_hash: [u8; 32],
    /// Hash of the code.
    pub code_hash: [u8; 32],
    /// Hash of the id of the browser that asked.
    pub browser_hash: [u8; 32],
    /// Who wants in.
    pub address: String,
    /// Language of the mail.
    pub language: String,
    /// Page of ours to go to afterwards.
    pub return_to: Option<String>,
    /// Device that asked.
    pub device: String,
    /// When.
    pub asked_at: Millis,
    /// Until when link and code are good.
    pub expires_at: Millis,
    /// Whether link and code are good at all: the address is known.
    pub armed: bool,
    /// Wrong codes that may still be typed.
    pub tries_left: u32,
    /// Sessions left for the browser that asked: one or none.
    pub for_asker: u32,
    /// Sessions left for other browsers.
    pub for_others: u32,
    /// How far the mail is.
    pub stage: Stage,
    /// How often sending was tried.
    pub attempts: u32,
}

/// Whole addresses, links and codes are in no log.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignIn({:?})", self.stage)
    }
}

const COLUMNS: &str =
    "id, link_hash, code_hash, browser_hash, address, language, return_to, device, asked_at,
    expires_at, armed, tries_left, for_asker, for_others, stage, attempts";

/// Stores a wish, if it is not stored yet; of the wishes for the same address that could still sign in, only the newest `most` live on.
pub fn ask(tx: &Transaction<'_>, wish: &SignIn, most: u32) -> Result<(), StoreError> {
    tx.prepare_cached(&format!(
        "INSERT INTO sign_ins ({COLUMNS}, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?9)
         ON CONFLICT (id) DO NOTHING"
    ))?
    .execute(params![
        wish.id,
        wish.link_hash,
        wish.code_hash,
        wish.browser_hash,
        wish.address,
        wish.language,
        wish.return_to,
        wish.device,
        wish.asked_at.cast_signed(),
        wish.expires_at.cast_signed(),
        wish.armed,
        wish.tries_left,
        wish.for_asker,
        wish.for_others,
        wish.stage.word(),
        wish.attempts,
    ])?;
    tx.prepare_cached(
        "UPDATE sign_ins SET expires_at = 0 WHERE address = ?1 AND expires_at > ?2 AND id NOT IN
         (SELECT id FROM sign_ins WHERE address = ?1 AND expires_at > ?2 ORDER BY asked_at DESC LIMIT ?3)",
    )?
    .execute(params![wish.address, wish.asked_at.cast_signed(), most])?;
    Ok(())
}

/// The wish whose link has this hash, used up or not.
pub fn by_link(tx: &Transaction<'_>, link_hash: &[u8; 32]) -> Result<Option<SignIn>, StoreError> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM sign_ins WHERE link_hash = ?1"
        ))?
        .query_row([link_hash], |row| Ok(read(row)))
        .optional()?;
    found.transpose()
}

/// The wishes of a browser whose code can still be typed, newest first.
pub fn of_browser(
    tx: &Transaction<'_>,
    browser_hash: &[u8; 32],
    now: Millis,
) -> Result<Vec<SignIn>, StoreError> {
    many(
        tx,
        "browser_hash = ?1 AND expires_at > ?2 AND for_asker > 0 AND tries_left > 0 ORDER BY asked_at DESC",
        params![browser_hash, now.cast_signed()],
    )
}

/// Some wishes whose look-up or mail is due.
pub fn due(tx: &Transaction<'_>, now: Millis) -> Result<Vec<SignIn>, StoreError> {
    many(
        tx,
        "stage IN ('asked', 'known') AND next_at <= ?1 ORDER BY next_at LIMIT 64",
        params![now.cast_signed()],
    )
}

/// When a look-up or mail is due that is not due yet.
pub fn next_after(tx: &Transaction<'_>, now: Millis) -> Result<Option<Millis>, StoreError> {
    let at: Option<i64> = tx
        .prepare_cached(
            "SELECT min(next_at) FROM sign_ins WHERE stage IN ('asked', 'known') AND next_at > ?1",
        )?
        .query_row([now.cast_signed()], |row| row.get(0))?;
    Ok(at.map(i64::cast_unsigned))
}

/// When the next look-up or mail is due, late ones too.
pub fn next_due(tx: &Transaction<'_>) -> Result<Option<Millis>, StoreError> {
    let at: Option<i64> = tx
        .prepare_cached("SELECT min(next_at) FROM sign_ins WHERE stage IN ('asked', 'known')")?
        .query_row([], |row| row.get(0))?;
    Ok(at.map(i64::cast_unsigned))
}

/// How far it is now, and when to go on. From [`Stage::Known`] on, link and code are good.
pub fn move_to(
    tx: &Transaction<'_>,
    id: &SignInId,
    stage: Stage,
    attempts: u32,
    next_at: Millis,
) -> Result<(), StoreError> {
    let armed = matches!(stage, Stage::Known | Stage::Mailed);
    tx.prepare_cached(
        "UPDATE sign_ins SET stage = ?2, attempts = ?3, next_at = ?4, armed = armed OR ?5 WHERE id = ?1",
    )?
    .execute(params![id, stage.word(), attempts, next_at.cast_signed(), armed])?;
    Ok(())
}

/// A wrong code was typed: one try less for each wish of this browser that it could have been for.
pub fn count_wrong_code(tx: &Transaction<'_>, browser_hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE sign_ins SET tries_left = tries_left - 1 WHERE browser_hash = ?1 AND tries_left > 0",
    )?
    .execute([browser_hash])?;
    Ok(())
}

/// The browser that asked is in: nothing of any wish for this address is left.
pub fn use_for_asker(tx: &Transaction<'_>, address: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sign_ins SET for_asker = 0, for_others = 0 WHERE address = ?1")?
        .execute([address])?;
    Ok(())
}

/// Another browser is in: one less for other browsers, none by other mails; the browser that asked can still get in.
pub fn use_for_another(
    tx: &Transaction<'_>,
    id: &SignInId,
    address: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE sign_ins SET for_others = CASE WHEN id = ?1 THEN for_others - 1 ELSE 0 END
         WHERE address = ?2 AND for_others > 0",
    )?
    .execute(params![id, address])?;
    Ok(())
}

/// No other browser gets in by the mails that are out; the browser that asked still can.
pub fn close_to_others(tx: &Transaction<'_>, address: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sign_ins SET for_others = 0 WHERE address = ?1")?
        .execute([address])?;
    Ok(())
}

/// Nobody gets in by any mail that is out.
pub fn close_every(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE sign_ins SET for_asker = 0, for_others = 0", [])?;
    Ok(())
}

/// Forgets wishes that ended before this time.
pub fn forget_old(tx: &Transaction<'_>, ended_before: Millis) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM sign_ins WHERE max(expires_at, asked_at) < ?1")?
        .execute([ended_before.cast_signed()])?;
    Ok(())
}

fn many(
    tx: &Transaction<'_>,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<SignIn>, StoreError> {
    let mut query =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM sign_ins WHERE {condition}"))?;
    let rows = query.query_map(values, |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

fn read(row: &Row<'_>) -> Result<SignIn, StoreError> {
    Ok(SignIn {
        id: row.get(0)?,
        link_hash: row.get(1)?,
        code_hash: row.get(2)?,
        browser_hash: row.get(3)?,
        address: row.get(4)?,
        language: row.get(5)?,
        return_to: row.get(6)?,
        device: row.get(7)?,
        asked_at: row.get::<_, i64>(8)?.cast_unsigned(),
        expires_at: row.get::<_, i64>(9)?.cast_unsigned(),
        armed: row.get(10)?,
        tries_left: row.get(11)?,
        for_asker: row.get(12)?,
        for_others: row.get(13)?,
        stage: Stage::read(&row.get::<_, String>(14)?)?,
        attempts: row.get(15)?,
    })
}
