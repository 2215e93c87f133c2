//! Ending sessions from outside: of one customer, whose mailbox or device is no longer his, or of all.

use std::path::Path;

use super::beside::{self, OperateError};
use crate::sign_in::address::Address;
use crate::store::{customers, sessions, sign_ins};

/// Whose sessions end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those of the customer with this address.
    One(String),
    /// All there are.
    Everybody,
}

/// Ends sessions, and the mails that are out with them. A running portal refuses them from the next request on. Answers how many there were.
pub fn sign_out(data: &Path, whom: &Whom) -> Result<usize, OperateError> {
    let mut store = beside::open(data)?;
    let tx = store.transaction()?;
    let ended = match whom {
        Whom::Everybody => {
            sign_ins::close_every(&tx)?;
            sessions::end_every(&tx)?
        }
        Whom::One(typed) => {
            let no_address = |_| OperateError::NoAddress(typed.clone());
            let address = Address::parse(typed).map_err(no_address)?;
            sign_ins::use_for_asker(&tx, address.as_str())?;
            match customers::by_address(&tx, address.as_str())? {
                Some(customer) => sessions::end_of_customer(&tx, customer.id)?,
                None => 0,
            }
        }
    };
    tx.commit()?;
    Ok(ended)
}
