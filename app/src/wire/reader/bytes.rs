//! The letters of JSON: blanks, words, numbers, texts, brackets.

use super::{Fault, Result};

/// How deep values nest at most, as in serde_json.
const DEEPEST: u8 = 128;

/// What is left to read.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// How many brackets are open.
    deep: u8,
}

impl<'a> Reader<'a> {
    /// All of these bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            deep: 0,
        }
    }

    /// The next byte that is no blank.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    fn take(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().ok_or(Fault)?;
        self.rest = rest;
        Ok(*first)
    }

    /// Takes this byte, after blanks, if it is the next.
    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }

    /// Takes this byte, which must be the next after blanks.
    pub(super) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.takes(byte) { Ok(()) } else { Err(Fault) }
    }

    /// Takes this word, after blanks, if it is the next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.peek();
        match self.rest.strip_prefix(word.as_bytes()) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Whether another element follows; if not, the bracket is closed.
    pub(super) fn more(&mut self, first: &mut bool, end: u8) -> Result<bool> {
        if self.takes(end) {
            self.deep -= 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// Goes within a bracket.
    pub(super) fn enter(&mut self, start: u8) -> Result<()> {
        self.expect(start)?;
        self.deep += 1;
        if self.deep < DEEPEST {
            Ok(())
        } else {
            Err(Fault)
        }
    }

    /// A number without sign or fraction.
    pub(super) fn digits(&mut self) -> Result<u64> {
        let mut number = 0_u64;
        let mut some = false;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            number = number
                .checked_mul(10)
                .and_then(|it| it.checked_add(u64::from(digit - b'0')))
                .ok_or(Fault)?;
            self.rest = rest;
            some = true;
        }
        let whole = !matches!(self.rest, [b'.' | b'e' | b'E', ..]);
        if some && whole {
            Ok(number)
        } else {
            Err(Fault)
        }
    }

    /// A text, out of its quotation marks.
    pub(super) fn string(&mut self) -> Result<String> {
        self.expect(b'"')?;
        let mut text = Vec::new();
        loop {
            match self.take()? {
                b'"' => break,
                b'\\' => self.escaped(&mut text)?,
                0..0x20 => return Err(Fault),
                byte => text.push(byte),
            }
        }
        String::from_utf8(text).map_err(|_| Fault)
    }

    fn escaped(&mut self, text: &mut Vec<u8>) -> Result<()> {
        let byte = match self.take()? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut code = self.hex()?;
                if (0xd800..0xdc00).contains(&code) {
                    if self.take()? != b'\\' || self.take()? != b'u' {
                        return Err(Fault);
                    }
                    let low = self.hex()?;
                    if !(0xdc00..0xe000).contains(&low) {
                        return Err(Fault);
                    }
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                let letter = char::from_u32(code).ok_or(Fault)?;
                text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err(Fault),
        };
        text.push(byte);
        Ok(())
    }

    fn hex(&mut self) -> Result<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.take()?).to_digit(16).ok_or(Fault)?;
            code = (code << 4) | digit;
        }
        Ok(code)
    }

    /// Passes over a value of any kind.
    pub(super) fn skip(&mut self) -> Result<()> {
        match self.peek().ok_or(Fault)? {
            b'"' => self.string().map(drop),
            start @ (b'[' | b'{') => {
                self.enter(start)?;
                let end = start + 2;
                let mut first = true;
                while self.more(&mut first, end)? {
                    if start == b'{' {
                        self.string()?;
                        self.expect(b':')?;
                    }
                    self.skip()?;
                }
                Ok(())
            }
            b'-' | b'0'..=b'9' => {
                while let [b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9', rest @ ..] = self.rest {
                    self.rest = rest;
                }
                Ok(())
            }
            _ if self.word("null") || self.word("true") || self.word("false") => Ok(()),
            _ => Err(Fault),
        }
    }
}
