//! A file on its way to a server: sent part by part, so that it can be measured on the way.

use std::io::{BufReader, Write};
use std::net::TcpStream;

use super::{Answer, Browser, read};
use crate::problem::{During, Outcome};

/// A request whose body is being sent.
pub(in crate::bench) struct Sending(BufReader<TcpStream>);

impl Browser {
    /// Begins to send a body of so many bytes, over a connection of its own.
    pub(in crate::bench) fn begin(&self, path: &str, length: usize) -> Outcome<Sending> {
        let mut connection = self.connect().during("connecting")?;
        let request = self.request("PUT", path, &[]);
        let head = String::from_utf8_lossy(&request).replacen("PUT", "POST", 1);
        let head = head.trim_end();
        let head = format!("{head}\r\nContent-Length: {length}\r\n\r\n");
        let sent = connection.get_mut().write_all(head.as_bytes());
        sent.during("sending a head")?;
        Ok(Sending(connection))
    }
}

impl Sending {
    /// Sends a part of it.
    pub(in crate::bench) fn part(&mut self, bytes: &[u8]) -> Outcome {
        self.0.get_mut().write_all(bytes).during("sending a part")
    }

    /// What the server says at the end.
    pub(in crate::bench) fn answer(mut self) -> Outcome<Answer> {
        read(&mut self.0).during("reading the answer to a file")
    }
}
