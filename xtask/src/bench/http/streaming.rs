//! An answer that has no end, over a connection of its own.

use std::io::{self, Write};
use std::net::TcpStream;

use super::Browser;
use crate::problem::{During, Outcome};

impl Browser {
    /// Asks for what has no end, over a connection of its own, and leaves the answer to be read.
    pub(in crate::bench) fn open_stream(&self, path: &str) -> Outcome<TcpStream> {
        let request = self.request("GET", path, &[]);
        let opened = || {
            let mut stream = self.connect()?.into_inner();
            stream.write_all(&request)?;
            Ok::<_, io::Error>(stream)
        };
        opened().during(format!("GET {path}"))
    }
}
