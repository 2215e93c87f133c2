//! The demo's files, made on the spot: a picture, a PDF, a log.

/// A file of the demo.
#[derive(Clone, Copy, Debug)]
pub(super) enum SeedFile {
    Picture,
    Invoice,
    Log,
}

impl SeedFile {
    /// Name, kind and bytes.
    pub(super) fn made(self) -> (&'static str, &'static str, Vec<u8>) {
        match self {
            Self::Picture => ("scanner tray.png", "image/png", picture(320, 200)),
            Self::Invoice => ("Invoice 2026-118.pdf", "application/pdf", invoice()),
            Self::Log => ("warehouse-app.log", "text/plain", LOG.as_bytes().to_vec()),
        }
    }
}

const LOG: &str = "09:14:02 start\n09:14:03 sign-in ada@example.com\n09:14:03 ERROR 0x80070005 token refused\n09:14:04 stop\n";

/// A grey picture with a darker frame, not compressed.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        for x in 0..width {
            let edge = x < 8 || y < 8 || x >= width - 8 || y >= height - 8;
            let shade = (x * 160 / width + y * 60 / height).to_le_bytes()[0];
            rows.push(if edge { 40 } else { 60 + shade / 2 });
        }
    }
    let mut header = Vec::new();
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [
        (b"IHDR", header),
        (b"IDAT", stored(&rows)),
        (b"IEND", Vec::new()),
    ] {
        let length = u32::try_from(content.len()).unwrap_or(0);
        png.extend_from_slice(&length.to_be_bytes());
        let checked: Vec<u8> = kind.iter().copied().chain(content).collect();
        png.extend_from_slice(&checked);
        png.extend_from_slice(&crc(&checked).to_be_bytes());
    }
    png
}

/// A zlib stream of stored blocks.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let count = bytes.chunks(65_535).count();
    for (index, chunk) in bytes.chunks(65_535).enumerate() {
        let length = u16::try_from(chunk.len()).unwrap_or(u16::MAX);
        out.push(u8::from(index + 1 == count));
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&(!length).to_le_bytes());
        out.extend_from_slice(chunk);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend_from_slice(&(b << 16 | a).to_be_bytes());
    out
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

/// One page that says what it is.
fn invoice() -> Vec<u8> {
    let words = "BT /F1 24 Tf 72 720 Td (Invoice 2026-118) Tj 0 -40 Td /F1 12 Tf (Acme Support, 12 hours, 960.00 EUR) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{words}\nendstream", words.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    pdf.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::files::png_size;

    #[test]
    fn the_picture_is_a_picture() {
        let png = picture(320, 200);
        assert_eq!(png_size(&png), Some((320, 200)));
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }
}
