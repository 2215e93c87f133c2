//! The browser’s half of the portal, and the contract with the server.
