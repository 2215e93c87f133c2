//! The browser's reader: serde's data model out of JSON, for our own types. There are no fractions in them, and a fault is only a fault.

use std::fmt::{self, Display, Formatter};

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

/// How deep values nest at most, as in serde_json.
const DEEPEST: u8 = 128;

/// The bytes are not such a value.
#[derive(Debug)]
pub struct Fault;

type Result<T> = std::result::Result<T, Fault>;

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("not understood")
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Reads one value and nothing after it.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut reader = Reader {
        rest: bytes,
        deep: 0,
    };
    let value = T::deserialize(&mut reader)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Fault),
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    deep: u8,
}

impl Reader<'_> {
    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
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
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.takes(byte) { Ok(()) } else { Err(Fault) }
    }

    fn word(&mut self, word: &str) -> bool {
        self.peek();
        match self.rest.strip_prefix(word.as_bytes()) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Whether another element follows, up to this end.
    fn more(&mut self, first: &mut bool, end: u8) -> Result<bool> {
        if self.takes(end) {
            self.deep -= 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    fn enter(&mut self, start: u8) -> Result<()> {
        self.expect(start)?;
        self.deep += 1;
        if self.deep < DEEPEST {
            Ok(())
        } else {
            Err(Fault)
        }
    }

    fn digits(&mut self) -> Result<u64> {
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

    fn string(&mut self) -> Result<String> {
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
    fn skip(&mut self) -> Result<()> {
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

/// Numbers are whole, and told from each other by their sign.
macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            if self.takes(b'-') {
                let number = i64::try_from(self.digits()?).map_err(|_| Fault)?;
                visitor.visit_i64(-number)
            } else {
                visitor.visit_u64(self.digits()?)
            }
        }
    )*};
}

macro_rules! never {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
            Err(Fault)
        }
    )*};
}

impl<'de> serde::Deserializer<'de> for &mut Reader<'_> {
    type Error = Fault;

    numbers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    // None of our types has them.
    never! { deserialize_any deserialize_f32 deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.word("true") {
            visitor.visit_bool(true)
        } else if self.word("false") {
            visitor.visit_bool(false)
        } else {
            Err(Fault)
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_string(self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_string(self.string()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.word("null") {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.word("null") {
            visitor.visit_unit()
        } else {
            Err(Fault)
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.enter(b'[')?;
        let mut elements = Elements::of(self);
        let value = visitor.visit_seq(&mut elements)?;
        // A tuple does not ask for what follows its last element.
        if elements.open && elements.reader.more(&mut elements.first, b']')? {
            return Err(Fault);
        }
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.enter(b'{')?;
        visitor.visit_map(Elements::of(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let has_content = self.peek() == Some(b'{');
        if has_content {
            self.enter(b'{')?;
        }
        visitor.visit_enum(Variant {
            reader: self,
            has_content,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// What is between brackets.
struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
    open: bool,
}

impl<'r, 'a> Elements<'r, 'a> {
    fn of(reader: &'r mut Reader<'a>) -> Self {
        Self {
            reader,
            first: true,
            open: true,
        }
    }

    fn more(&mut self, end: u8) -> Result<bool> {
        self.open = self.reader.more(&mut self.first, end)?;
        Ok(self.open)
    }
}

impl<'de> SeqAccess<'de> for &mut Elements<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.more(b']')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> MapAccess<'de> for Elements<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if self.more(b'}')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A word, or an object with one member.
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    has_content: bool,
}

impl Variant<'_, '_> {
    fn end(self) -> Result<()> {
        self.reader.deep -= 1;
        self.reader.expect(b'}')
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self)> {
        let name = self.reader.string()?;
        let name: StrDeserializer<'_, Fault> = name.as_str().into_deserializer();
        let variant = seed.deserialize(name)?;
        if self.has_content {
            self.reader.expect(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<()> {
        if self.has_content { Err(Fault) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = seed.deserialize(&mut *self.reader)?;
        self.end()?;
        Ok(value)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = serde::Deserializer::deserialize_seq(&mut *self.reader, visitor)?;
        self.end()?;
        Ok(value)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if !self.has_content {
            return Err(Fault);
        }
        let value = serde::Deserializer::deserialize_map(&mut *self.reader, visitor)?;
        self.end()?;
        Ok(value)
    }
}
