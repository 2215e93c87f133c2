//! Pieces that know neither tickets nor routes.

pub mod announcer;
pub mod button;
pub mod dialog;
pub mod empty;
pub mod error_line;
pub mod field;
pub mod icon;
pub mod keyed;
pub mod reactive;
pub mod skeleton;
pub mod time;
