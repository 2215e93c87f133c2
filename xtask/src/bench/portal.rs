//! The operator's program as he starts it: a folder with a `.env`, and `serve`.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::http::{Answer, Browser, Sending};
use super::process::{Process, free_port};
use crate::problem::{During, Outcome, Problem};

/// Whom a portal talks to.
#[derive(Clone)]
pub(super) struct Neighbours {
    /// Port of Chatwoot on this machine.
    pub(super) chatwoot: u16,
    /// Port of the mail server on this machine.
    pub(super) mail: u16,
    /// Chatwoot's token.
    pub(super) token: String,
    /// Chatwoot's account.
    pub(super) account: u64,
    /// The portal's inbox.
    pub(super) inbox: u64,
}

/// A portal that serves.
pub(super) struct Portal {
    /// The program.
    pub(super) process: Process,
    port: u16,
}

impl Portal {
    /// Starts the program in a folder; what an earlier one stored there stays.
    pub(super) fn start(program: &Path, folder: &Path, near: &Neighbours) -> Outcome<Self> {
        let port = free_port()?;
        fs::create_dir_all(folder).during(format!("making {}", folder.display()))?;
        let file = folder.join(".env");
        fs::write(&file, settings(port, near)).during(format!("writing {}", file.display()))?;
        let mut serve = Command::new(program);
        serve.arg("serve");
        let process = Process::start(serve, folder, port, "/healthz")?;
        Ok(Self { process, port })
    }

    /// Starts the program in an empty folder.
    pub(super) fn start_anew(program: &Path, folder: &Path, near: &Neighbours) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).during(format!("emptying {}", folder.display()))?;
        }
        Self::start(program, folder, near)
    }

    /// Where it listens.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Where a page of it is.
    pub(super) fn page(&self, path: &str) -> String {
        format!("http://localhost:{}/portal{path}", self.port)
    }

    /// Somebody who visits it for the first time.
    pub(super) fn visitor(&self) -> Visitor {
        Visitor(Browser::new(self.port))
    }
}

/// The seed's variables, and what is not where the seed expects it. The proxy is this program, which speaks for many clients.
fn settings(port: u16, near: &Neighbours) -> String {
    let Neighbours {
        chatwoot,
        mail,
        token,
        account,
        inbox,
    } = near;
    format!(
        "PORT={port}\n\
         SESSION_SECRET='a secret for measuring, on this machine only'\n\
         CHATWOOT_URL=http://127.0.0.1:{chatwoot}\n\
         CHATWOOT_API_TOKEN={token}\n\
         CHATWOOT_ACCOUNT_ID={account}\n\
         CHATWOOT_INBOX_ID={inbox}\n\
         PORTAL_URL=http://localhost:{port}\n\
         SMTP_ADDRESS=127.0.0.1\n\
         SMTP_PORT={mail}\n\
         SMTP_FROM=support@acme.example\n\
         TRUSTED_PROXIES=127.0.0.1\n\
         TICKETS_PER_HOUR=1000\n\
         CONNECTIONS_PER_CLIENT=2000\n"
    )
}

/// Somebody's browser on the portal's pages.
pub(super) struct Visitor(Browser);

impl Visitor {
    /// Comes from another address of the network from now on.
    pub(super) fn come_from(&mut self, address: &str) {
        self.0.set_header("X-Forwarded-For", address);
    }

    /// What it sends as its cookies.
    pub(super) fn cookies(&self) -> String {
        self.0.cookies()
    }

    /// Is somebody who was never here.
    pub(super) fn forget_cookies(&mut self) {
        self.0.forget_cookies();
    }

    /// The same browser over another connection, whose headers can be changed.
    pub(super) fn again(&self) -> Self {
        Self(self.0.again())
    }

    /// The same browser, whose requests go to another port.
    pub(super) fn through(&self, port: u16) -> Self {
        Self(self.0.through(port))
    }

    /// Sends another header, or another value of it, with every request from now on.
    pub(super) fn send_header(&mut self, name: &str, value: &str) {
        self.0.set_header(name, value);
    }

    /// Calls a server function and only looks at the status.
    pub(super) fn status_of(&mut self, endpoint: &str, arguments: &[u8]) -> Outcome<u16> {
        let answer = self.0.post_bytes(&address(endpoint), arguments)?;
        Ok(answer.status)
    }

    /// Asks for a page.
    pub(super) fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.0.get(path)
    }

    /// Opens a stream over a connection of its own.
    pub(super) fn open_stream(&self, path: &str) -> Outcome<TcpStream> {
        self.0.open_stream(path)
    }

    /// Calls a server function as the portal's pages do.
    pub(super) fn call(&mut self, endpoint: &str, arguments: &Value) -> Outcome<Value> {
        let answer = self.0.post(&address(endpoint), arguments)?;
        answer.json(endpoint)
    }

    /// Calls a server function and gives the answer as it came.
    pub(super) fn answer(&mut self, endpoint: &str, arguments: &[u8]) -> Outcome<Answer> {
        self.0.post_bytes(&address(endpoint), arguments)
    }

    /// Calls a server function with arguments that are made already, and only looks whether it went well.
    pub(super) fn call_only(&mut self, endpoint: &str, arguments: &[u8]) -> Outcome {
        let answer = self.0.post_bytes(&address(endpoint), arguments)?;
        match answer.status {
            200 | 202 => Ok(()),
            status => Err(Problem::new(format!("{endpoint}: {status}"))),
        }
    }

    /// Begins to send a file of so many bytes, over a connection of its own.
    pub(super) fn begin_file(&self, id: &str, length: usize) -> Outcome<Sending> {
        let mut browser = self.0.again();
        browser.set_header("X-Upload", id);
        browser.set_header("X-File-Name", "measured.bin");
        browser.begin("/portal/uploads", length)
    }

    /// Asks for a sign-in mail.
    pub(super) fn ask_to_sign_in(&mut self, mailbox: &str) -> Outcome {
        let wish = json!({ "address": mailbox, "language": "en", "return_to": null });
        self.call("sign-in/request", &json!({ "request": wish }))?;
        Ok(())
    }
}

fn address(endpoint: &str) -> String {
    format!("/portal/api/{endpoint}")
}

/// The folder in which everything that is measured is started.
pub(super) fn folder() -> PathBuf {
    crate::workspace::target().join("bench")
}
