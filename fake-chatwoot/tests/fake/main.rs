//! The fake held to what a real Chatwoot did, and to what it promises besides.

#[cfg(test)]
mod api;
#[cfg(test)]
mod cable;
#[cfg(test)]
mod client;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod leniency;
#[cfg(test)]
mod mailbox;
#[cfg(test)]
mod recordings;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod sentinels;
#[cfg(test)]
mod takeover;
