//! Brotli at its strongest, done once here so that the server never compresses while somebody waits.

use std::io::Write;

use crate::problem::{During, Outcome};

const QUALITY: u32 = 11;
const WINDOW: u32 = 24;

/// The bytes as brotli, if that is smaller.
pub(crate) fn brotli(bytes: &[u8]) -> Outcome<Option<Vec<u8>>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
    writer.write_all(bytes).during("compressing")?;
    let small = writer.into_inner();
    Ok((small.len() < bytes.len()).then_some(small))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gets_smaller_is_kept() {
        let text = "the same again and ".repeat(50);
        let small = brotli(text.as_bytes()).unwrap().unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        assert_eq!(brotli(b"x").unwrap(), None);
    }
}
