//! The program `chatwoot-portal`.

fn main() {}
