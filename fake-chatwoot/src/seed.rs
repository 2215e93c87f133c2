//! The demo's customers and tickets.

use crate::given::Given;
use crate::options::Options;
use crate::store::Data;

/// Fills an empty account.
pub(crate) fn sow(_data: &mut Data, _given: &Given, _options: &Options) {}
