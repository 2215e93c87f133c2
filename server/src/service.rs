//! Tells the service manager how far the portal is, as systemd's `Type=notify` wants it: a line to the socket that it names.

use std::ffi::OsStr;
use std::io;

/// What the service manager may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Customers can come.
    Ready,
    /// What runs is finished, and nothing new begun.
    Stopping,
}

impl Stage {
    fn line(self) -> &'static str {
        match self {
            Self::Ready => "READY=1",
            Self::Stopping => "STOPPING=1",
        }
    }
}

/// Tells whoever started this program, if he wants to know.
pub fn tell(stage: Stage) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty()) else {
        return;
    };
    if let Err(error) = send(&socket, stage.line()) {
        tracing::warn!(%error, "the service manager cannot be told; is Type=notify right?");
    }
}

#[cfg(unix)]
fn send(socket: &OsStr, line: &str) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    let sender = UnixDatagram::unbound()?;
    let bytes = socket.as_bytes();
    #[cfg(target_os = "linux")]
    if let Some(name) = bytes.strip_prefix(b"@") {
        use std::os::linux::net::SocketAddrExt;
        let at = SocketAddr::from_abstract_name(name)?;
        return sender.send_to_addr(line.as_bytes(), &at).map(drop);
    }
    let at = SocketAddr::from_pathname(OsStr::from_bytes(bytes))?;
    sender.send_to_addr(line.as_bytes(), &at).map(drop)
}

#[cfg(not(unix))]
fn send(_: &OsStr, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    use super::*;

    fn heard(manager: &UnixDatagram) -> io::Result<String> {
        let mut line = [0; 64];
        let length = manager.recv(&mut line)?;
        Ok(String::from_utf8_lossy(&line[..length]).into_owned())
    }

    #[test]
    fn the_service_manager_hears_it_by_path_and_by_abstract_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        send(path.as_os_str(), Stage::Ready.line()).unwrap();
        assert_eq!(heard(&manager).unwrap(), "READY=1");

        let name = format!("portal-test-{}", std::process::id());
        let at = SocketAddr::from_abstract_name(&name).unwrap();
        let manager = UnixDatagram::bind_addr(&at).unwrap();
        send(OsStr::new(&format!("@{name}")), Stage::Stopping.line()).unwrap();
        assert_eq!(heard(&manager).unwrap(), "STOPPING=1");
    }

    #[test]
    fn a_service_manager_that_is_gone_is_an_error_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nobody");
        assert!(send(path.as_os_str(), Stage::Ready.line()).is_err());
    }
}
